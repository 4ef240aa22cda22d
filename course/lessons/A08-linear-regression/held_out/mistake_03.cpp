// slip: the prediction is made without the bias b
// shows: x = {1}, y = {0}, w = {1}, b = 1 gives {2, 2} instead of {4, 4}
// named: mutants/bias_not_predicted.cpp
#include <cstddef>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  (void)b;
  const std::size_t N = y.size(), d = w.size();
  std::vector<double> g(d + 1, 0.0);
  for (std::size_t i = 0; i < N; ++i) {
    double p = 0;
    for (std::size_t j = 0; j < d; ++j) p += x[i * d + j] * w[j];
    const double twice = 2 * (p - y[i]) / double(N);
    for (std::size_t j = 0; j < d; ++j) g[j] += twice * x[i * d + j];
    g[d] += twice;
  }
  return g;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const std::size_t n = x.size();
  double mx = 0, my = 0;
  bool all_equal = true;
  for (std::size_t i = 0; i < n; i++) {
    mx += x[i];
    my += y[i];
    if (x[i] != x[0]) all_equal = false;
  }
  mx /= n;
  my /= n;
  if (all_equal) return {0, my};
  double together = 0, spread = 0;
  for (std::size_t i = 0; i < n; i++) {
    together += (x[i] - mx) * (y[i] - my);
    spread += (x[i] - mx) * (x[i] - mx);
  }
  double slope = together / spread;
  return {slope, my - slope * mx};
}
