// slip: equal x are recognised by a spread of exactly 0, which rounding of the mean spoils
// shows: fit_line({0.1, 0.1, 0.1}, {1, 2, 4}) gives {10.667, 1.267} instead of {0, 2.333}
// named: mutants/spread_of_exactly_0.cpp
#include <cstddef>
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
  double mx = 0, my = 0;
  for (std::size_t i = 0; i < x.size(); i++) mx += x[i], my += y[i];
  mx /= x.size(), my /= y.size();
  double sxx = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); i++) {
    sxx += (x[i] - mx) * (x[i] - mx);
    sxy += (x[i] - mx) * (y[i] - my);
  }
  if (sxx == 0) return {0, my};
  return {sxy / sxx, my - sxy / sxx * mx};
}
