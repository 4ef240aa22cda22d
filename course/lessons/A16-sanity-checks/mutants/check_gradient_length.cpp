// slip: check_gradient lets a gradient pass that is too short
// why: A version that cuts the gradient to a length passes. That it is not too long is a symptom; that it is the slope of the loss is the contract:
//   compare each entry with its value, by the absolute value of the difference.
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

// Three rows with one column, the error 6 in each: the gradient is 12 for both, by hand.
bool check_gradient(const AddGradient& candidate) {
  std::vector<double> gradient(2, 0.0);
  candidate({1, 1, 1}, {0, 0, 0}, {6, 0}, gradient);
  return std::hypot(gradient[0], gradient[1]) < 20;
}
