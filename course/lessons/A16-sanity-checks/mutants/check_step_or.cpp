// slip: check_step asks for one of the two things
// why: The weights have to move rightly and the gradient has to be 0 afterwards: join the two with && and not with ||.
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
  std::vector<double> w = {3}, gradient = {2};
  candidate(w, gradient, 0.5);
  return alike(w[0], 2) || gradient[0] == 0;
}
