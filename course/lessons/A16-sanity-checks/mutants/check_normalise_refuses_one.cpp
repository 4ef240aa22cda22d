// slip: check_normalise refuses right versions
// why: A right version that adds in another order differs in the last digit. Compare numbers with a tolerance, not with ==.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::alike;
using solution_::check_gradient;
using solution_::check_step;
using solution_::normalise;
using solution_::Normalise;
using solution_::sgd_step;

bool check_normalise(const Normalise& candidate) {
  return candidate({0.1, 0.4, 0.3, 0.9, 0.5, 0.6, 0.7}, 1) != solution_::normalise({0.1, 0.4, 0.3, 0.9, 0.5, 0.6, 0.7}, 1) &&
         alike(candidate({2, 2, 2, 2, 7}, 1)[4], 2);
}
