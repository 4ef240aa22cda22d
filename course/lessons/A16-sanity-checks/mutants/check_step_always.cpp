// slip: check_step cannot fail
// why: It gives true for the version that the file came with, too, so it proves nothing. Set up a case in which the bug shows: a gradient
//   that is not 0, and a look at it afterwards.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::alike;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::normalise;
using solution_::sgd_step;
using solution_::Step;

bool check_step(const Step& candidate) {
  std::vector<double> w = {3}, gradient = {0};
  candidate(w, gradient, 0.5);
  return alike(w[0], 3) && gradient[0] == 0;
}
