// slip: check_normalise cannot fail
// why: It gives true for the version that the file came with, too, so it proves nothing. A check of the means alone, one
//   without the absolute value, or one on a column whose deviation is 1 does so: there the bug does not show. Choose a column whose deviation you know, and
//   which is not 1.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::alike;
using solution_::check_gradient;
using solution_::check_step;
using solution_::normalise;
using solution_::Normalise;
using solution_::sgd_step;

bool check_normalise(const Normalise& candidate) {
  const std::vector<double> got = candidate({1, 3, 1, 3}, 1);
  return alike(got[0], -1) && alike(got[1], 1) && alike(got[2] + got[3], 0);
}
