// slip: check_normalise does not see that the version which the file came with is wrong
// why: It sees a column that is divided by its largest value, but not the bug itself. On a column whose deviation is 1 the variance is 1,
//   too; and without the absolute value of the difference a deviation that is too large passes.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_step;
using solution_::normalise;
using solution_::Normalise;
using solution_::sgd_step;

bool check_normalise(const Normalise& candidate) {
  double square = 0;
  for (const double v : candidate({0, 0.1, 0.2, 0.3}, 1)) square += v * v / 4;
  return square > 1 - 1e-6;
}
