// slip: the table is read column by column: x[j * N + i]
// shows: x = {1, 2, 3, 4, 5, 6} (3 rows of 2), y = {0, 0, 0}, w = {1, 0}, b = 0 gives {9.333, 21.333, 4} instead of {23.333, 29.333, 6}
// named: mutants/transposed.cpp
#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const std::size_t N = y.size(), d = w.size();
  std::vector<double> g(d + 1, 0.0);
  for (std::size_t i = 0; i < N; i++) {
    double r = b - y[i];
    for (std::size_t j = 0; j < d; j++) r += w[j] * x[j * N + i];
    r *= 2.0 / N;
    for (std::size_t j = 0; j < d; j++) g[j] += r * x[j * N + i];
    g[d] += r;
  }
  return g;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const auto mean = [](const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0) / double(v.size()); };
  const double mx = mean(x), my = mean(y);
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  if (*low == *high) return {0, my};
  const double sxy = std::inner_product(x.begin(), x.end(), y.begin(), 0.0, std::plus<>(), [=](double a, double c) { return (a - mx) * (c - my); });
  const double sxx = std::accumulate(x.begin(), x.end(), 0.0, [=](double s, double a) { return s + (a - mx) * (a - mx); });
  return {sxy / sxx, my - sxy / sxx * mx};
}
