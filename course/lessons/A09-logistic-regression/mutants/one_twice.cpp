// slip: 1 is added twice inside of the logarithm
// why: log1p(t) is log(1 + t) already. Write log1p(exp(-|z|)) or log(1 + exp(-|z|)).
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) sum += std::max(z[i], 0.0) - z[i] * y[i] + std::log1p(1 + std::exp(-std::abs(z[i])));
  return sum / rows;
}
