// slip: check_gradient refuses right versions
// why: It gives false for every version. Does your gradient begin at 0, with an entry for each weight and the bias? Is what you compare
//   with the slope of loss(), a mean over the rows? And compare with a tolerance, not with ==.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::AddGradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

bool check_gradient(const AddGradient& candidate) {
  std::vector<double> gradient(2, 0.0);
  candidate({1, 1, 1}, {0, 0, 0}, {6, 0}, gradient);
  return gradient[0] == 6 && gradient[1] == 6;
}
