// slip: check_step looks at the gradient alone
// why: A version that clears the gradient before it is used passes. Look at where the weights went, too.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::normalise;
using solution_::sgd_step;
using solution_::Step;

bool check_step(const Step& candidate) {
  std::vector<double> w = {3}, gradient = {2};
  candidate(w, gradient, 0.5);
  return gradient[0] == 0;
}
