// slip: the 1 is missing inside of the logarithm
// why: log(exp(-|z|)) is just -|z|. The formula has log(1 + exp(-|z|)); log1p(t) is log(1 + t).
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) sum += std::max(z[i], 0.0) - z[i] * y[i] - std::abs(z[i]);
  return sum / rows;
}
