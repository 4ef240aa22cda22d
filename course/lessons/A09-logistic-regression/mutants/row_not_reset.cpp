// slip: the sum of a row is not begun at 0 again
// why: Each row has a sum of its own. Yours carries the rows before, and counts them again with each row. Set it to 0 within the outer loop.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  double row = 0;
  for (std::size_t i = 0; i < z.size(); i++) {
    row += std::max(z[i], 0.0) - z[i] * y[i] + std::log1p(std::exp(-std::abs(z[i])));
    if ((i + 1) % columns == 0) sum += row;
  }
  return sum / rows;
}
