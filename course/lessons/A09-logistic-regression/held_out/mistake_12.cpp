// slip: computes the probability first and clamps it to 1e-12 before the logarithm, so large logits cost at most 27.6
// shows: z = {-1000}, y = {1}, columns = 1 gives 27.6 instead of 1000
// named: mutants/clamped.cpp
// named: mutants/clamped_2.cpp
// named: mutants/clamped_3.cpp
// named: mutants/clamped_5.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace {
double sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }
}  // namespace

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double eps = 1e-12;
  const std::size_t N = z.size() / columns;
  double sum = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double p = std::clamp(sigmoid(z[i]), eps, 1.0 - eps);
    sum -= y[i] * std::log(p) + (1.0 - y[i]) * std::log(1.0 - p);
  }
  return sum / static_cast<double>(N);
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t N = z.size() / columns;
  std::vector<double> grad(z.size());
  for (std::size_t i = 0; i < z.size(); ++i) grad[i] = (sigmoid(z[i]) - y[i]) / static_cast<double>(N);
  return grad;
}
