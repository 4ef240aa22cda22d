// slip: log(1 + exp(z)) is computed as it stands, and exp overflows
// shows: z = {1e4}, y = {1} gives inf instead of 0
// named: mutants/overflow.cpp
#include <cmath>
#include <cstddef>
#include <vector>

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  double sum = 0;
  for (std::size_t k = 0; k < z.size(); ++k) sum += std::log(1 + std::exp(z[k])) - z[k] * y[k];
  return sum / double(z.size() / columns);
}

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  // For a yes the slope is -(1 - p), and 1 - p is the sigmoid of -z: no digits are lost on either side.
  const auto sigmoid = [](double a) { return 1 / (1 + std::exp(-a)); };
  const double share = static_cast<double>(columns) / static_cast<double>(z.size());
  std::vector<double> slopes;
  slopes.reserve(z.size());
  for (std::size_t k = 0; k < z.size(); ++k) slopes.push_back(share * (y[k] > 0.5 ? -sigmoid(-z[k]) : sigmoid(z[k])));
  return slopes;
}
