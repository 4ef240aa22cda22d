// slip: x is read column by column: feature j of row i at j * n + i
// shows: two rows {1, 2}, {3, 4}, y = {0, 0}, w = {1, 0}, b = 0: the first derivative is (1 + 4) instead of (1 + 9)
// named: mutants/transposed.cpp
#include <cstddef>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t n = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < n; i++) {
    double r = b - y[i];
    for (size_t j = 0; j < d; j++) r += x[j * n + i] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * r * x[j * n + i] / double(n);
    gradient[d] += 2 * r / double(n);
  }
  return gradient;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = double(x.size());
  double mx = 0, my = 0;
  bool equal = true;
  for (size_t i = 0; i < x.size(); i++) {
    mx += x[i] / n;
    my += y[i] / n;
    equal = equal && x[i] == x[0];
  }
  if (equal) return {0, my};
  double together = 0, spread = 0;
  for (size_t i = 0; i < x.size(); i++) {
    together += (x[i] - mx) * (y[i] - my);
    spread += (x[i] - mx) * (x[i] - mx);
  }
  const double slope = together / spread;
  return {slope, my - slope * mx};
}
