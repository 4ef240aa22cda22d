// By another way: row by row; the two cases of the label apart, each with its own side of the logit, and the sigmoid as a hyperbolic tangent.
#include <cmath>
#include <cstddef>
#include <vector>

// log(1 + exp(z)), the cost of the answer no.
double softplus(double z) { return z > 0 ? z + std::log(1 + std::exp(-z)) : std::log(1 + std::exp(z)); }

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  double mean = 0;
  for (std::size_t i = rows; i-- > 0;) {
    double row = 0;
    for (std::size_t j = 0; j < columns; j++) row += y[i * columns + j] > 0.5 ? softplus(-z[i * columns + j]) : softplus(z[i * columns + j]);
    mean += row / double(rows);
  }
  return mean;
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  std::vector<double> gradient = z;
  const double share = double(columns) / double(z.size());
  for (std::size_t i = 0; i < z.size(); i++) gradient[i] = share * ((1 + std::tanh(z[i] / 2)) / 2 - y[i]);
  return gradient;
}
