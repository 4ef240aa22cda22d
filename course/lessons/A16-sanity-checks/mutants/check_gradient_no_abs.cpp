// slip: check_gradient compares without the absolute value
// why: A derivative that lies on one side of the right one passes, however far away it is: a negative difference is below every tolerance. Take the absolute value of the difference.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using AddGradient =
    std::function<void(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient)>;
using solution_::add_gradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

bool check_gradient(const AddGradient& candidate) {
  std::vector<double> gradient(2, 0.0);
  candidate({1, 1, 1}, {0, 0, 0}, {-6, 0}, gradient);
  return gradient[0] + 12 < 1e-6 && gradient[1] + 12 < 1e-6;
}
