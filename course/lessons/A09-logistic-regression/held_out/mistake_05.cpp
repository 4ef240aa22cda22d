// slip: the probability is clamped to 1e-7 from either end before the logarithm
// shows: z = {1e4}, y = {0} gives 16.118 instead of 10000
// named: mutants/clamped.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  double total = 0;
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const std::size_t at = i * columns + j;
      double p = 1.0 / (1.0 + std::exp(-z[at]));
      p = std::min(std::max(p, 1e-7), 1 - 1e-7);
      total -= y[at] * std::log(p) + (1 - y[at]) * std::log(1 - p);
    }
  return total / rows;
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  std::size_t rows = z.size() / columns;
  std::vector<double> result(z.size(), 0.0);
  for (std::size_t i = 0; i < rows; i++) {
    for (std::size_t j = 0; j < columns; j++) {
      std::size_t k = i * columns + j;
      double p;
      if (z[k] >= 0) {
        p = 1 / (1 + std::exp(-z[k]));
      } else {
        double e = std::exp(z[k]);
        p = e / (1 + e);
      }
      result[k] = (p - y[k]) / rows;
    }
  }
  return result;
}
