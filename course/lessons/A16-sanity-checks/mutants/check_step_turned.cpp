// slip: the answer of check_step is turned round
// why: true means that the candidate is right. Yours says true to the version that the file came with and false to a right one: turn the comparison round.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using Step = std::function<void(std::vector<double>& w, std::vector<double>& gradient, double rate)>;
using solution_::add_gradient;
using solution_::alike;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::normalise;
using solution_::sgd_step;

bool check_step(const Step& candidate) {
  std::vector<double> w = {3}, gradient = {2};
  candidate(w, gradient, 0.5);
  return !alike(w[0], 2) || gradient[0] != 0;
}
