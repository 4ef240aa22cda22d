// slip: overflows where a large logit is on the wrong side
// why: exp(1000) is infinite in a double, and so is your loss. Neither log(1 + exp(z)) nor log(1 + exp(-z)) is safe for both signs: use max(z, 0) -
//   z y + log(1 + exp(-|z|)), where the exponential is never above 1.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) sum += std::log1p(std::exp(y[i] == 1 ? -z[i] : z[i]));
  return sum / rows;
}
