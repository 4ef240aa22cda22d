// slip: the gradient is multiplied by the slope p (1 - p) of the sigmoid once more
// shows: z = {0}, y = {1}, columns = 1 gives the gradient -0.125 instead of -0.5
// named: mutants/gradient_slope_twice.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  double sum = 0;
  for (std::size_t k = 0; k < z.size(); k++) {
    sum += std::max(z[k], 0.0) + std::log1p(std::exp(-std::abs(z[k])));
    sum -= z[k] * y[k];
  }
  return sum * double(columns) / double(z.size());
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  std::vector<double> g(z.size());
  const double rows = double(z.size()) / double(columns);
  for (std::size_t k = 0; k < z.size(); k++) {
    const double p = 1 / (1 + std::exp(-z[k]));
    g[k] = (p - y[k]) * p * (1 - p) / rows;
  }
  return g;
}
