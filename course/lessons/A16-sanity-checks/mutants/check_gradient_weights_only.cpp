// slip: check_gradient looks at the weights alone
// why: A version that is mended for the weights alone passes. The bias is the last entry: look at it, too.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::AddGradient;
using solution_::alike;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

// Three rows with one column, the error 6 in each: the gradient is 12 for both, by hand.
bool check_gradient(const AddGradient& candidate) {
  std::vector<double> gradient(2, 0.0);
  candidate({1, 1, 1}, {0, 0, 0}, {6, 0}, gradient);
  return alike(gradient[0], 12);
}
