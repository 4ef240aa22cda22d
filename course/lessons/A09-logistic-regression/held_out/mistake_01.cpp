// slip: the mean is taken over all questions instead of over the rows
// shows: z = {0, 0}, y = {1, 1}, columns 2 gives 0.693 instead of 1.386
// named: mutants/mean_of_all.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  (void)columns;
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) { sum += std::max(z[i], 0.0) - z[i] * y[i] + std::log1p(std::exp(-std::fabs(z[i]))); }
  return sum / z.size();
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
