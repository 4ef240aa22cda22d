// slip: the sigmoid first, then its logarithm
// why: For a logit of 40 the sigmoid is exactly 1 in a double: 1 - p is 0, and its logarithm infinite. The digits are gone before the logarithm
//   sees them. Put the formula of p into the logarithm and simplify first.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    sum += y[i] == 1 ? -std::log(p) : -std::log(1 - p);
  }
  return sum / rows;
}
