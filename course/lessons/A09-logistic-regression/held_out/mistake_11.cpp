// slip: the loss is the mean over all entries, divided by z.size() in place of the number of rows
// shows: z = {0, 0}, y = {1, 0}, columns = 2 gives 0.693 instead of 1.386
// named: mutants/mean_of_all.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  (void)columns;
  double loss = 0;
  for (size_t i = 0; i < z.size(); i++) loss += std::max(z[i], 0.0) - z[i] * y[i] + std::log(1 + std::exp(-std::fabs(z[i])));
  return loss / double(z.size());
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double n = double(z.size() / columns);
  std::vector<double> g;
  for (size_t i = 0; i < z.size(); i++) g.push_back((1 / (1 + std::exp(-z[i])) - y[i]) / n);
  return g;
}
