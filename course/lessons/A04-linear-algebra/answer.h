// What the exercise asks for: the largest singular value of a matrix with its two directions. The learner's struct comes back as three lists.
#pragma once
#include <cstddef>
#include <vector>

struct Answer {
  std::vector<std::vector<double>> (*power_iteration)(const std::vector<double>& a, size_t rows, size_t columns);
};
#define ANSWER                                                             \
  {                                                                        \
    [](const std::vector<double>& a, size_t rows, size_t columns) {        \
      const Triple t = power_iteration(a, rows, columns);                  \
      return std::vector<std::vector<double>>{{t.sigma}, t.left, t.right}; \
    }                                                                      \
  }
