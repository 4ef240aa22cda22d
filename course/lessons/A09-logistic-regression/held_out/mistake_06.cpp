// slip: the gradient is divided by the number of all logits instead of the number of rows
// shows: z = {0, 0}, y = {0, 0}, columns 2 gives {0.25, 0.25} instead of {0.5, 0.5}
// named: mutants/gradient_mean_of_all.cpp
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

// log(exp(a) + exp(b)) with the larger one taken out
static double log_add_exp(double a, double b) {
  if (a < b) std::swap(a, b);
  return a + std::log1p(std::exp(b - a));
}

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = static_cast<double>(z.size()) / static_cast<double>(columns);
  double mean = 0;
  for (std::size_t k = z.size(); k-- > 0;) {
    const double log_p = -log_add_exp(0, -z[k]);
    const double log_q = -log_add_exp(0, z[k]);
    mean -= (y[k] * log_p + (1 - y[k]) * log_q) / rows;
  }
  return mean;
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  (void)columns;
  std::vector<double> g = z;
  for (std::size_t i = 0; i < g.size(); i++) {
    g[i] = 1 / (1 + std::exp(-z[i]));
    g[i] = (g[i] - y[i]) / z.size();
  }
  return g;
}
