// slip: a small number is added to the deviation
// why: The columns then have a deviation a little below 1. The constant column has a line of its own that leaves it at 0; so nothing is
//   divided by 0 and nothing is to be added.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::sgd_step;

std::vector<double> normalise(const std::vector<double>& x, int columns) {
  const size_t d = size_t(columns), rows = x.size() / d;
  std::vector<double> result(x.size(), 0.0);
  for (size_t j = 0; j < d; j++) {
    bool equal = true;
    double mean = 0, square = 0;
    for (size_t i = 0; i < rows; i++) equal = equal && x[i * d + j] == x[j];
    for (size_t i = 0; i < rows; i++) mean += x[i * d + j] / double(rows);
    for (size_t i = 0; i < rows; i++) square += (x[i * d + j] - mean) * (x[i * d + j] - mean) / double(rows);
    for (size_t i = 0; i < rows && !equal; i++) result[i * d + j] = (x[i * d + j] - mean) / (std::sqrt(square) + 1e-8);
  }
  return result;
}
