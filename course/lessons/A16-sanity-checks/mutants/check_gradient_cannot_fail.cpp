// slip: check_gradient cannot fail
// why: It gives true for the version that the file came with, too, and for every other one, so it proves nothing. That the loss falls along the
//   gradient is only its direction, which was right as it came; where the errors are 0 the bug does not show. Use more rows than columns, and compare
//   each entry with its value, by the absolute value of the difference.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::AddGradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

bool check_gradient(const AddGradient& candidate) {
  std::vector<double> gradient(2, 0.0);
  candidate({1}, {0}, {0.25, 0}, gradient);
  return gradient[0] > 0 && gradient[1] > 0;
}
