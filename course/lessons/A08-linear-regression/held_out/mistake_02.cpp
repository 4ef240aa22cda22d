// slip: no care for equal x: 0 divided by 0
// shows: fit_line({2, 2}, {1, 3}) gives {nan, nan} instead of {0, 2}
// named: mutants/equal_x.cpp
#include <cstddef>
#include <numeric>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const std::size_t n = y.size();
  const std::size_t d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (std::size_t i = 0; i < n; i++) {
    double p = b;
    for (std::size_t j = 0; j < d; j++) p += x[i * d + j] * w[j];
    double r = p - y[i];
    for (std::size_t j = 0; j < d; j++) gradient[j] += 2 * r * x[i * d + j];
    gradient[d] += 2 * r;
  }
  for (std::size_t j = 0; j <= d; j++) gradient[j] /= n;
  return gradient;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  double mx = std::accumulate(x.begin(), x.end(), 0.0) / x.size();
  double my = std::accumulate(y.begin(), y.end(), 0.0) / y.size();
  double num = 0, den = 0;
  for (std::size_t i = 0; i < x.size(); i++) {
    num += (x[i] - mx) * (y[i] - my);
    den += (x[i] - mx) * (x[i] - mx);
  }
  const double slope = num / den;
  return {slope, my - slope * mx};
}
