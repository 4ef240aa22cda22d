// slip: check_step only asks for a smaller gradient
// why: A halved gradient passes, and so does one that is cleared before it is used. Every entry has to be 0 afterwards, and the weights
//   have to have moved.
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
  return std::abs(gradient[0]) < 2;
}
