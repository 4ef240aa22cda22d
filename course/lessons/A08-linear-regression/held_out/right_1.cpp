// right
#include <algorithm>
#include <cstddef>
#include <functional>
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
  const auto mean = [](const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0) / double(v.size()); };
  const double mx = mean(x), my = mean(y);
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  if (*low == *high) return {0, my};
  const double sxy = std::inner_product(x.begin(), x.end(), y.begin(), 0.0, std::plus<>(), [=](double a, double c) { return (a - mx) * (c - my); });
  const double sxx = std::accumulate(x.begin(), x.end(), 0.0, [=](double s, double a) { return s + (a - mx) * (a - mx); });
  return {sxy / sxx, my - sxy / sxx * mx};
}
