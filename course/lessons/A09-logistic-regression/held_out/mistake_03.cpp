// slip: prediction minus truth without the division by the number of rows
// shows: z = {0, 0}, y = {0, 0}, columns 1 gives {0.5, 0.5} instead of {0.25, 0.25}
// named: mutants/gradient_sum.cpp
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
  (void)columns;
  std::vector<double> g(z.size());
  for (std::size_t i = 0; i < z.size(); i++) g[i] = 1 / (1 + std::exp(-z[i])) - y[i];
  return g;
}
