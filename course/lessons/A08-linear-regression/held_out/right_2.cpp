// right
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
