// right
#include <cmath>
#include <cstddef>
#include <vector>

// What a question costs whose logit is `wrong` above 0 on the wrong side: log(1 + e^wrong).
static double cost(double wrong) {
  if (wrong > 0) return wrong + std::log1p(std::exp(-wrong));
  return std::log1p(std::exp(wrong));
}

static double sigmoid(double z) {
  if (z >= 0) return 1 / (1 + std::exp(-z));
  const double e = std::exp(z);
  return e / (1 + e);
}

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  double mean = 0;
  for (std::size_t i = 0; i < rows; i++) {
    double row = 0;
    for (std::size_t j = 0; j < columns; j++) {
      const std::size_t at = i * columns + j;
      row += y[at] > 0.5 ? cost(-z[at]) : cost(z[at]);
    }
    mean += row / double(rows);
  }
  return mean;
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  std::vector<double> result;
  result.reserve(z.size());
  for (std::size_t at = 0; at < z.size(); at++) {
    // For a yes the slope is -(1 - p), and 1 - p is the sigmoid of -z.
    const double slope = y[at] > 0.5 ? -sigmoid(-z[at]) : sigmoid(z[at]);
    result.push_back(slope * double(columns) / double(z.size()));
  }
  return result;
}
