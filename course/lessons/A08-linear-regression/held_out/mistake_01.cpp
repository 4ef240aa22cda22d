// slip: the factor 2 of the square's derivative is missing
// shows: x = {1, 2, 3}, y = {2, 3, 7}, w = {0}, b = 0 gives {-9.667, -4} instead of {-19.333, -8}
// named: mutants/no_factor_2.cpp
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
    for (std::size_t j = 0; j < d; j++) r += x[i * d + j] * w[j];
    for (std::size_t j = 0; j < d; j++) g[j] += r * x[i * d + j] / N;
    g[d] += r / N;
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
