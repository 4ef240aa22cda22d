// slip: the answer of check_gradient is turned round
// why: true means that the candidate is right. Yours says true to the version that the file came with and false to a right one: turn the comparison round.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using AddGradient =
    std::function<void(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient)>;
using solution_::add_gradient;
using solution_::alike;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

bool check_gradient(const AddGradient& candidate) {
  std::vector<double> gradient(2, 0.0);
  candidate({1, 1, 1}, {0, 0, 0}, {6, 0}, gradient);
  return !alike(gradient[0], 12) || !alike(gradient[1], 12);
}
