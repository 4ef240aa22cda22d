// slip: equal x are recognised by a spread of exactly 0, but their mean is rounded
// shows: x six times 0.1, y = {0.7, 4.2, 3.8, 1.3, 2.5, 2.2}: slope -10.7 instead of 0
// named: mutants/spread_of_exactly_0.cpp
#include <cstddef>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t n = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < n; i++) {
    double r = b - y[i];
    for (size_t j = 0; j < d; j++) r += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * r * x[i * d + j] / double(n);
    gradient[d] += 2 * r / double(n);
  }
  return gradient;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = double(x.size());
  double mx = 0, my = 0;
  for (size_t i = 0; i < x.size(); i++) {
    mx += x[i] / n;
    my += y[i] / n;
  }
  double together = 0, spread = 0;
  for (size_t i = 0; i < x.size(); i++) {
    together += (x[i] - mx) * (y[i] - my);
    spread += (x[i] - mx) * (x[i] - mx);
  }
  if (spread == 0) return {0, my};
  const double slope = together / spread;
  return {slope, my - slope * mx};
}
