// slip: the minus sign is on the term of the zeros alone
// why: Both logarithms are below 0, and both terms belong inside of the bracket: -(y log p + (1 - y) log(1 - p)). In yours a 1 that is predicted
//   wrongly lowers the loss.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++)
    sum += (y[i] == 1 ? -1 : 1) * (std::max(z[i], 0.0) - z[i] * y[i] + std::log1p(std::exp(-std::abs(z[i]))));
  return sum / rows;
}
