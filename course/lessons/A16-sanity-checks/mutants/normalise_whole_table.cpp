// slip: one mean and one deviation for the whole table
// why: Columns have units of their own: each one has its own mean and deviation.
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

std::vector<double> normalise(const std::vector<double>& x, int) {
  const double n = double(x.size());
  double mean = 0, square = 0;
  for (const double v : x) mean += v / n;
  for (const double v : x) square += (v - mean) * (v - mean) / n;
  std::vector<double> result(x.size(), 0.0);
  for (size_t i = 0; i < x.size() && square > 0; i++) result[i] = (x[i] - mean) / std::sqrt(square);
  return result;
}
