// slip: the sigmoid as exp(z) / (1 + exp(z)), which is inf / inf for large z
// shows: z = {1e4}, y = {0}, columns 1 gives {nan} instead of {1}
// named: mutants/gradient_overflow.cpp
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
  const std::size_t N = z.size() / columns;
  std::vector<double> out;
  for (std::size_t k = 0; k < z.size(); k++) {
    const double e = std::exp(z[k]);
    out.push_back((e / (1 + e) - y[k]) / N);
  }
  return out;
}
