// slip: check_gradient refuses right versions
// why: A right version that adds in another order differs in the last digit. Compare numbers with a tolerance, not with ==.
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

bool check_gradient(const AddGradient& candidate) {
  const std::vector<double> x = {0.1, 0.4, 0.3, 0.9, 0.5, 0.6, 0.7}, y = {0.3, 0.1, 0.7, 0.2, 0.9, 0.4, 0.6}, w = {0.3, 0.1};
  std::vector<double> gradient(2, 0.0), expected(2, 0.0);
  candidate(x, y, w, gradient);
  solution_::add_gradient(x, y, w, expected);
  return gradient != expected && alike(gradient[0], expected[0]) && alike(gradient[1], expected[1]);
}
