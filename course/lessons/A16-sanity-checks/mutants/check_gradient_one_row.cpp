// slip: check_gradient's table has as many rows as columns
// why: There both divisors are the same number, so the version that the file came with is right. Take more rows than columns; and errors
//   so large that a gradient cut to a length is seen.
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
