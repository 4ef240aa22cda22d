// slip: check_step refuses right versions
// why: It gives false for every version. A right one moves each weight to w - rate * gradient, and leaves a gradient of as many zeros;
//   compute that by hand for your numbers, and compare with a tolerance.
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
  return alike(w[0], 4) && gradient.empty();
}
