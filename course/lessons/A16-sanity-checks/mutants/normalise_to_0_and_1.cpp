// slip: each column is brought between 0 and 1
// why: That is another scaling: the lowest value becomes 0 and the highest 1. Asked for is the mean 0 and the deviation 1.
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
    double low = x[j], high = x[j];
    for (size_t i = 0; i < rows; i++) equal = equal && x[i * d + j] == x[j];
    for (size_t i = 0; i < rows; i++) low = std::min(low, x[i * d + j]), high = std::max(high, x[i * d + j]);
    for (size_t i = 0; i < rows && !equal; i++) result[i * d + j] = (x[i * d + j] - low) / (high - low);
  }
  return result;
}
