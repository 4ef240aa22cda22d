// slip: computes the probability first and then its logarithm
// shows: z = {1e4}, y = {0} gives inf instead of 10000
// named: mutants/sigmoid_then_log_chosen.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  double loss = 0;
  for (std::size_t k = 0; k < z.size(); k++) {
    const double p = 1 / (1 + std::exp(-z[k]));
    loss += y[k] == 1 ? -std::log(p) : -std::log(1 - p);
  }
  return loss / (z.size() / columns);
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> g(z.size());
  std::transform(z.begin(), z.end(), y.begin(), g.begin(), [rows](double a, double t) { return (1 / (1 + std::exp(-a)) - t) / rows; });
  return g;
}
