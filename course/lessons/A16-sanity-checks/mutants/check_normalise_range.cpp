// slip: check_normalise looks at the symptom
// why: A version whose values are cut passes. That no value is too large is a symptom; that the deviation is 1 is the contract.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_step;
using solution_::normalise;
using solution_::Normalise;
using solution_::sgd_step;

bool check_normalise(const Normalise& candidate) {
  for (const double v : candidate({0, 0.1, 0.2, 0.3}, 1))
    if (std::abs(v) > 3) return false;
  return true;
}
