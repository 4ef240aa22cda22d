// slip: the derivative for the bias is put first, before those for the weights
// shows: x = {2}, y = {0}, w = {1}, b = 0 gives {4, 8} instead of {8, 4}
// named: mutants/bias_first.cpp
#include <cstddef>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const std::size_t N = y.size(), d = w.size();
  std::vector<double> g(d + 1, 0.0);
  for (std::size_t i = 0; i < N; i++) {
    double p = b;
    for (std::size_t j = 0; j < d; j++) p += w[j] * x[i * d + j];
    const double s = 2 * (p - y[i]) / N;
    g[0] += s;
    for (std::size_t j = 0; j < d; j++) g[j + 1] += s * x[i * d + j];
  }
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
