// slip: check_normalise does not see a deviation that is too small
// why: A version whose columns are divided by their largest value passes: its deviations are below 1. Compare with 1 in both directions, by the absolute value of the difference.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using Normalise = std::function<std::vector<double>(const std::vector<double>& x, int columns)>;
using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

bool check_normalise(const Normalise& candidate) {
  double square = 0;
  for (const double v : candidate({0, 0.1, 0.2, 0.3}, 1)) square += v * v / 4;
  return square < 1 + 1e-6;
}
