#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) sum += std::max(z[i], 0.0) - z[i] * y[i] + std::log1p(std::exp(-std::abs(z[i])));
  return sum / rows;
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    gradient[i] = (p - y[i]) / rows;
  }
  return gradient;
}
