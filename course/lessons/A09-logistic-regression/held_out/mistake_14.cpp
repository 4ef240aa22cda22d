// slip: 1 / rows is a division of whole numbers, so the gradient is 0 from two rows on
// shows: z = {0, 0}, y = {1, 0}, columns = 1 gives the gradient {0, 0} instead of {-0.25, 0.25}
// named: mutants/gradient_whole_division.cpp
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  double total = 0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double softplus = z[i] > 0 ? z[i] + std::log1p(std::exp(-z[i])) : std::log1p(std::exp(z[i]));
    total += softplus - z[i] * y[i];
  }
  return total / double(rows);
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  const double weight = 1 / rows;
  std::vector<double> d(z.size(), 0.0);
  for (std::size_t i = 0; i < z.size(); ++i) d[i] = weight * (1.0 / (1.0 + std::exp(-z[i])) - y[i]);
  return d;
}
