// slip: exp(-z) instead of exp(-|z|) in the stable formula
// shows: z = {-1}, y = {0} gives 1.313 instead of 0.313
// named: mutants/no_abs.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  double loss = 0;
  for (std::size_t i = 0; i < z.size(); i += columns) {
    for (std::size_t j = i; j < i + columns; j++) loss += std::max(z[j], 0.0) - z[j] * y[j] + std::log1p(std::exp(-z[j]));
  }
  return loss * columns / z.size();
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> g(z.size());
  std::transform(z.begin(), z.end(), y.begin(), g.begin(), [rows](double a, double t) { return (1 / (1 + std::exp(-a)) - t) / rows; });
  return g;
}
