// slip: the mean is taken over all N * d numbers of the table instead of the N rows
// shows: x = {1, 1}, y = {-1}, w = {0, 0}, b = 0 gives {1, 1, 1} instead of {2, 2, 2}
// named: mutants/mean_of_all.cpp
#include <cstddef>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const std::size_t d = w.size();
  std::vector<double> g(d + 1, 0.0);
  for (std::size_t i = 0; i < y.size(); i++) {
    double r = -y[i] + b;
    for (std::size_t j = 0; j < d; j++) r += x[i * d + j] * w[j];
    for (std::size_t j = 0; j < d; j++) g[j] += r * x[i * d + j];
    g[d] += r;
  }
  for (double& v : g) v *= 2.0 / x.size();
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
