// slip: check_step does not see that the old gradient is left
// why: The first step of the weights is right even in the version that the file came with: the old gradient comes back in the second. Look at the
//   gradient afterwards, by its absolute value, or take a second step.
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
  return alike(w[0], 2);
}
