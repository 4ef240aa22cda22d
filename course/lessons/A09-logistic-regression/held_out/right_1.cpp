// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  return std::inner_product(z.begin(), z.end(), y.begin(), 0.0, std::plus<>(),
                            [](double a, double t) { return std::max(a, 0.0) - a * t + std::log1p(std::exp(-std::abs(a))); }) /
         rows;
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> g(z.size());
  std::transform(z.begin(), z.end(), y.begin(), g.begin(), [rows](double a, double t) { return (1 / (1 + std::exp(-a)) - t) / rows; });
  return g;
}
