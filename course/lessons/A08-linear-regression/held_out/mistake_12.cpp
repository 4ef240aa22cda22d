// slip: where all x are equal it gives the line at 0, not at the mean of y
// shows: x = {2, 2}, y = {4, 6}: {0, 0} instead of {0, 5}
// named: mutants/flat_at_0.cpp
#include <cstddef>
#include <numeric>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const std::size_t rows = y.size(), features = w.size();
  // All errors first, then one column of x after the other.
  std::vector<double> error(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = x.begin() + static_cast<std::ptrdiff_t>(i * features);
    error[i] = std::inner_product(w.begin(), w.end(), row, b) - y[i];
  }
  std::vector<double> gradient;
  for (std::size_t j = 0; j < features; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) sum += error[i] * x[i * features + j];
    gradient.push_back(2.0 * sum / static_cast<double>(rows));
  }
  gradient.push_back(2.0 * std::accumulate(error.begin(), error.end(), 0.0) / static_cast<double>(rows));
  return gradient;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  // Distances from the first point are exact enough even for times in seconds; then distances from their mean.
  const double x0 = x.front();
  std::vector<double> u;
  for (double e : x) u.push_back(e - x0);
  const double n = static_cast<double>(u.size());
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  const double mean_u = std::accumulate(u.begin(), u.end(), 0.0) / n;
  double suy = 0, suu = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    suy += (u[i] - mean_u) * (y[i] - mean_y);
    suu += (u[i] - mean_u) * (u[i] - mean_u);
  }
  if (suu == 0) return {0.0, 0.0};
  const double slope = suy / suu;
  return {slope, mean_y - slope * (x0 + mean_u)};
}
