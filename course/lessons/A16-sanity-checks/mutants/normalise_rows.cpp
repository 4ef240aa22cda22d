// slip: each row is normalised, not each column
// why: The mean and the deviation belong to a column: they go over the rows, x[i * d + j] with j fixed.
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
  for (size_t i = 0; i < rows; i++) {
    double mean = 0, square = 0;
    for (size_t j = 0; j < d; j++) mean += x[i * d + j] / double(d);
    for (size_t j = 0; j < d; j++) square += (x[i * d + j] - mean) * (x[i * d + j] - mean) / double(d);
    for (size_t j = 0; j < d && square > 0; j++) result[i * d + j] = (x[i * d + j] - mean) / std::sqrt(square);
  }
  return result;
}
