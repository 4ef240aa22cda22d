// slip: check_normalise refuses right versions
// why: It gives false for every version. Compute by hand what a right one gives on your table: the deviation divides by the number of
//   rows, the mean becomes 0 and the deviation 1; and compare with a tolerance, not with ==.
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

bool check_normalise(const Normalise& candidate) { return candidate({2, 2, 2, 2, 7}, 1)[4] == 7; }
