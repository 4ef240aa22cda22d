// slip: the gradient of logarithms to the base 2
// why: The slope of log2 is that of the natural logarithm divided by log 2. The loss has natural logarithms, std::log: its gradient is (p - y) / N,
//   with no further factor.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    gradient[i] = (p - y[i]) / rows / std::log(2.0);
  }
  return gradient;
}
