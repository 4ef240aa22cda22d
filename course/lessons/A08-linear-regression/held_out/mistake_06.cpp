// slip: for equal x the flat line at zero is returned, not the one at the mean of y
// shows: fit_line({2, 2}, {1, 3}) gives {0, 0} instead of {0, 2}
// named: mutants/flat_at_0.cpp
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const std::size_t d = w.size();
  const double share = 2.0 / double(y.size());
  std::vector<double> g(d + 1);
  for (auto row = x.begin(); const double target : y) {
    const double r = share * (std::inner_product(w.begin(), w.end(), row, b) - target);
    std::transform(row, row + std::ptrdiff_t(d), g.begin(), g.begin(), [r](double xij, double sum) { return sum + r * xij; });
    g.back() += r;
    row += std::ptrdiff_t(d);
  }
  return g;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  if (std::all_of(x.begin(), x.end(), [&](double v) { return v == x.front(); })) return {0, 0};
  double mx = 0, my = 0;
  for (double v : x) mx += v / x.size();
  for (double v : y) my += v / y.size();
  double a = 0, c = 0;
  for (std::size_t i = 0; i < x.size(); i++) {
    const double dx = x[i] - mx;
    a += dx * (y[i] - my);
    c += dx * dx;
  }
  return {a / c, my - a / c * mx};
}
