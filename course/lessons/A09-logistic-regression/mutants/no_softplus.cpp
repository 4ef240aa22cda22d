// slip: the part with the logarithm is missing
// why: max(z, 0) - z y is the cost of a huge logit alone. Near 0 the part log(1 + exp(-|z|)) counts: at z = 0 it is log 2.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) sum += std::max(z[i], 0.0) - z[i] * y[i];
  return sum / rows;
}
