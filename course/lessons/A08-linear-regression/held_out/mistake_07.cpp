// slip: the error is truth minus prediction, so all signs are turned
// shows: x = {1}, y = {3}, w = {0}, b = 0 gives {6, 6} instead of {-6, -6}
// named: mutants/sign.cpp
#include <cstddef>
#include <numeric>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const std::size_t N = y.size(), d = w.size();
  std::vector<double> errors(y);
  for (std::size_t i = 0; i < N; i++) {
    double p = b;
    for (std::size_t j = 0; j < d; j++) p += x[i * d + j] * w[j];
    errors[i] = y[i] - p;
  }
  std::vector<double> g(d + 1, 0.0);
  for (std::size_t j = 0; j < d; j++) {
    for (std::size_t i = 0; i < N; i++) g[j] += errors[i] * x[i * d + j];
    g[j] = 2 * g[j] / N;
  }
  g[d] = 2 * std::accumulate(errors.begin(), errors.end(), 0.0) / N;
  return g;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  // Everything is measured from the first point, so equal x are exactly 0 and times in seconds become small.
  const double n = static_cast<double>(x.size());
  double mu = 0, mv = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mu += (x[i] - x[0]) / n;
    mv += (y[i] - y[0]) / n;
  }
  double suu = 0, suv = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double u = x[i] - x[0] - mu;
    suu += u * u;
    suv += u * (y[i] - y[0] - mv);
  }
  const double slope = suu > 0 ? suv / suu : 0;
  return {slope, y[0] + mv - slope * (x[0] + mu)};
}
