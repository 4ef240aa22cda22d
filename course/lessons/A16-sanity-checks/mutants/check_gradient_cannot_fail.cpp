// slip: check_gradient cannot fail
// why: It gives true for the version that the file came with, too, so it proves nothing. On a table with as many rows as columns, or
//   where the errors are 0, the bug does not show; and that the loss falls along the gradient is only its direction, which was right as it came. Use more
//   rows than columns, and compare each entry with its value.
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
  std::vector<double> gradient(2, 0.0);
  candidate({1}, {0}, {0.25, 0}, gradient);
  return alike(gradient[0], 0.5) && alike(gradient[1], 0.5);
}
