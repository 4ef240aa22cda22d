// slip: fit_line uses sums of raw squares and products, not distances from the mean
// shows: x = 1700000000 + {0, 1, 2}, y = {0, 1, 2}: a slope far from 1
// named: mutants/raw_sums.cpp
// named: mutants/raw_sums_exactly_0.cpp
#include <cstddef>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  size_t N = y.size(), d = w.size();
  std::vector<double> grad(d + 1, 0.0);
  for (size_t i = 0; i < N; i++) {
    double p = b;
    for (size_t j = 0; j < d; j++) p += x[i * d + j] * w[j];
    double r = p - y[i];
    for (size_t j = 0; j < d; j++) grad[j] += r * x[i * d + j];
    grad[d] += r;
  }
  for (double& g : grad) g *= 2.0 / double(N);
  return grad;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  bool same = true;
  double n = double(x.size()), sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (size_t i = 0; i < x.size(); i++) {
    if (x[i] != x[0]) same = false;
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    sxy += x[i] * y[i];
  }
  if (same) return {0, sy / n};
  double denominator = n * sxx - sx * sx;
  if (denominator == 0) return {0, sy / n};
  double slope = (n * sxy - sx * sy) / denominator;
  return {slope, (sy - slope * sx) / n};
}
