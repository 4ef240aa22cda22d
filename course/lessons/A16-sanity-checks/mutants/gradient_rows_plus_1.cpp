// slip: divided by the number of rows plus 1
// why: The loss is a mean over all rows, so its derivative divides by y.size().
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::check_gradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

void add_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient) {
  const size_t d = w.size() - 1;
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / (double(y.size()) + 1);
    gradient[d] += 2 * error / (double(y.size()) + 1);
  }
}
