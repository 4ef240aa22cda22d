// slip: the absolute value is forgotten, max(z, 0) + log(1 + e^-z) in place of log(1 + e^-|z|)
// shows: z = {-2}, y = {0}, columns = 1 gives 2.127 instead of 0.127; z = {-1000} gives inf
// named: mutants/no_abs.cpp
// named: mutants/overflow_minus.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  double mean = 0;
  for (std::size_t i = 0; i < rows; i++) {
    double row = 0;
    for (std::size_t j = 0; j < columns; j++) {
      const double logit = z[i * columns + j], truth = y[i * columns + j];
      row += std::max(logit, 0.0) + std::log(1 + std::exp(-logit)) - logit * truth;
    }
    mean += row;
  }
  return mean / double(rows);
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  std::vector<double> g(z.size());
  for (std::size_t i = 0; i < g.size(); i++) g[i] = (1 / (1 + std::exp(-z[i])) - y[i]) / double(rows);
  return g;
}
