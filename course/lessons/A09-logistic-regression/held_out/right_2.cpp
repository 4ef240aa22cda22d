// right
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  std::size_t rows = z.size() / columns;
  double total = 0;
  for (std::size_t i = 0; i < rows; i++) {
    double cost = 0;
    for (std::size_t j = 0; j < columns; j++) {
      double a = z[i * columns + j];
      // wrong is how strongly the logit speaks against the truth
      double wrong = y[i * columns + j] == 1 ? -a : a;
      if (wrong > 0) cost += wrong + std::log(1 + std::exp(-wrong));
      else cost += std::log(1 + std::exp(wrong));
    }
    total += cost;
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
