// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  double total = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) total += std::max(z[i], 0.0) + std::log1p(std::exp(-std::abs(z[i]))) - z[i] * y[i];
  const double rows = double(z.size() / columns);
  return total / rows;
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> g(z.size());
  for (std::size_t i = 0; i < z.size(); ++i) g[i] = (1.0 / (1.0 + std::exp(-z[i])) - y[i]) / rows;
  return g;
}
