// right
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
  // For a yes the slope is -(1 - p), and 1 - p is the sigmoid of -z: no digits are lost on either side.
  const auto sigmoid = [](double a) { return 1 / (1 + std::exp(-a)); };
  const double share = static_cast<double>(columns) / static_cast<double>(z.size());
  std::vector<double> slopes;
  slopes.reserve(z.size());
  for (std::size_t k = 0; k < z.size(); ++k) slopes.push_back(share * (y[k] > 0.5 ? -sigmoid(-z[k]) : sigmoid(z[k])));
  return slopes;
}
