// slip: divided by the span of the column
// why: The highest value less the lowest is not the deviation. The deviation is the root of the mean square: square each distance from
//   the mean, take the mean over the rows, then one root.
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
    double mean = 0, low = x[j], high = x[j];
    for (size_t i = 0; i < rows; i++) equal = equal && x[i * d + j] == x[j];
    for (size_t i = 0; i < rows; i++) mean += x[i * d + j] / double(rows);
    for (size_t i = 0; i < rows; i++) low = std::min(low, x[i * d + j]), high = std::max(high, x[i * d + j]);
    for (size_t i = 0; i < rows && !equal; i++) result[i * d + j] = (x[i * d + j] - mean) / (high - low);
  }
  return result;
}
