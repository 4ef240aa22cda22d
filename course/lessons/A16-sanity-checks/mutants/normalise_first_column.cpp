// slip: the mean and the deviation of the first column are used for all
// why: Each column has its own mean and its own deviation.
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
    double mean = 0, square = 0;
    for (size_t i = 0; i < rows; i++) mean += x[i * d] / double(rows);
    for (size_t i = 0; i < rows; i++) square += (x[i * d] - mean) * (x[i * d] - mean) / double(rows);
    for (size_t i = 0; i < rows && square > 0; i++) result[i * d + j] = (x[i * d + j] - mean) / std::sqrt(square);
  }
  return result;
}
