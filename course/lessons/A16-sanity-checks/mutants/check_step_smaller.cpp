// slip: check_step lets a gradient pass that is only made smaller
// why: A halved gradient is a symptom hidden: the next step still contains the old one. Every entry has to be 0 afterwards.
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
  return alike(w[0], 2) && std::abs(gradient[0]) < 2;
}
