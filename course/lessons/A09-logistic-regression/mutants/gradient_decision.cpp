// slip: the answer is rounded before it is compared
// why: You compare yes or no with the label. The gradient needs the probability: p - y with p between 0 and 1.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = z[i] > 0 ? 1 : z[i] < 0 ? 0 : 0.5;
    gradient[i] = (p - y[i]) / (rows);
  }
  return gradient;
}
