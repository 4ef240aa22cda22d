// What the exercise asks for: the binary cross-entropy of a table of logits, and its gradient.
#pragma once
#include <cstddef>
#include <vector>

struct Answer {
  double (*bce_with_logits)(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns);
  std::vector<double> (*bce_gradient)(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns);
};
#define ANSWER \
  { bce_with_logits, bce_gradient }
