// By another way: the gradient as a product of the transposed table with the errors, and the slope as a weighted mean of the slopes between
// all pairs of points.
#include <cstddef>
#include <numeric>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  std::vector<double> error;
  for (size_t i = 0; i < y.size(); i++) error.push_back(std::inner_product(w.begin(), w.end(), x.begin() + long(i * w.size()), b) - y[i]);
  std::vector<double> gradient;
  for (size_t j = 0; j < w.size(); j++) {
    double s = 0;
    for (size_t i = 0; i < y.size(); i++) s += x[i * w.size() + j] * error[i];
    gradient.push_back(s * 2 / double(y.size()));
  }
  gradient.push_back(std::accumulate(error.begin(), error.end(), 0.0) * 2 / double(y.size()));
  return gradient;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  double up = 0, down = 0, right = 0, high = 0;
  for (size_t i = 0; i < x.size(); i++) {
    for (size_t j = 0; j < i; j++) {
      up += (x[i] - x[j]) * (y[i] - y[j]);
      down += (x[i] - x[j]) * (x[i] - x[j]);
    }
    right += x[i] - x[0], high += y[i];
  }
  const double slope = down > 0 ? up / down : 0, n = double(x.size());
  return {slope, high / n - slope * (x[0] + right / n)};
}
