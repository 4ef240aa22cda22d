// slip: multiplied with p (1 - p), as the slope of the squared error has it
// shows: z = {0}, y = {1}, columns 1 gives {-0.125} instead of {-0.5}
// named: mutants/gradient_slope_twice.cpp
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

static double sigmoid(double v) { return 1 / (1 + std::exp(-v)); }

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t N = z.size() / columns;
  std::vector<double> g(z.size(), 0.0);
  for (std::size_t i = 0; i < N; i++) {
    for (std::size_t j = 0; j < columns; j++) {
      const double p = sigmoid(z[i * columns + j]);
      g[i * columns + j] = (p - y[i * columns + j]) * p * (1 - p) / N;
    }
  }
  return g;
}
