// slip: check_step looks at the direction of the step alone
// why: A version with a smaller rate passes, and so does the version that the file came with: their steps go downhill. Look at how far the weights went, and at the gradient afterwards.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using Step = std::function<void(std::vector<double>& w, std::vector<double>& gradient, double rate)>;
using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::normalise;
using solution_::sgd_step;

bool check_step(const Step& candidate) {
  std::vector<double> w = {3}, gradient = {2};
  candidate(w, gradient, 0.5);
  return w[0] < 3;
}
