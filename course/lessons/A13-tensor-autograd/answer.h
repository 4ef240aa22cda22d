// What the exercise asks for: what flows back through a batched product of matrices, and through a broadcast. Both add to what is there.
#pragma once
#include <cstddef>
#include <vector>

struct Answer {
  void (*matmul_backward)(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                          std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db);
  void (*broadcast_backward)(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                             std::vector<double>& dx);
};
#define ANSWER \
  { matmul_backward, broadcast_backward }
