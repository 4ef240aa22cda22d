// By another way: sums over rows first; checks by what must hold (a mean, a deviation, a difference of the loss, a second step).
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using Normalise = std::function<std::vector<double>(const std::vector<double>& x, int columns)>;
using AddGradient =
    std::function<void(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient)>;
using Step = std::function<void(std::vector<double>& w, std::vector<double>& gradient, double rate)>;

std::vector<double> normalise(const std::vector<double>& x, int columns) {
  std::vector<double> result = x;
  const size_t d = size_t(columns);
  for (size_t j = 0; j < d; j++) {
    double n = 0, sum = 0, squares = 0, low = x[j], high = x[j];
    for (size_t at = j; at < x.size(); at += d) n++, sum += x[at], low = std::min(low, x[at]), high = std::max(high, x[at]);
    for (size_t at = j; at < x.size(); at += d) squares += std::pow(x[at] - sum / n, 2);
    const double deviation = std::sqrt(squares / n);
    for (size_t at = j; at < x.size(); at += d) result[at] = low < high ? (x[at] - sum / n) / deviation : 0;
  }
  return result;
}

bool check_normalise(const Normalise& candidate) {
  std::vector<double> x;
  for (int i = 0; i < 12; i++) x.push_back(100 + i * i), x.push_back(i * 0.01), x.push_back(7);
  const std::vector<double> z = candidate(x, 3);
  if (z.size() != x.size()) return false;
  for (size_t j = 0; j < 2; j++) {
    double mean = 0, square = 0;
    for (size_t i = 0; i < 12; i++) mean += z[i * 3 + j] / 12, square += z[i * 3 + j] * z[i * 3 + j] / 12;
    if (std::abs(mean) > 1e-9 || std::abs(square - 1) > 1e-9) return false;
  }
  for (size_t i = 0; i < 12; i++)
    if (z[i * 3 + 2] != 0) return false;
  return true;
}

double loss(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w) {
  double sum = 0;
  for (size_t i = 0; i < y.size(); i++) {
    double p = w.back();
    for (size_t j = 0; j + 1 < w.size(); j++) p += x[i * (w.size() - 1) + j] * w[j];
    sum += (p - y[i]) * (p - y[i]);
  }
  return sum / double(y.size());
}

void add_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient) {
  const size_t d = w.size() - 1;
  std::vector<double> errors;
  for (size_t i = 0; i < y.size(); i++) {
    double p = w[d];
    for (size_t j = 0; j < d; j++) p += w[j] * x[i * d + j];
    errors.push_back(2 * (p - y[i]) / double(y.size()));
  }
  for (size_t j = 0; j <= d; j++)
    for (size_t i = 0; i < y.size(); i++) gradient[j] += j < d ? errors[i] * x[i * d + j] : errors[i];
}

bool check_gradient(const AddGradient& candidate) {
  const std::vector<double> x = {1, 2, -1, 0.5, 3, -2, 0, 1, 2, 2}, y = {1, -1, 2, 0, 3};
  std::vector<double> w = {0.5, -1, 2}, gradient = {10, 20, 30};
  candidate(x, y, w, gradient);
  for (size_t j = 0; j < w.size(); j++) {
    std::vector<double> up = w, down = w;
    up[j] += 1e-5, down[j] -= 1e-5;
    const double slope = (loss(x, y, up) - loss(x, y, down)) / 2e-5;
    if (std::abs(gradient[j] - 10 * double(j + 1) - slope) > 1e-6) return false;
  }
  return true;
}

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  std::transform(w.begin(), w.end(), gradient.begin(), w.begin(), [rate](double v, double g) { return v - rate * g; });
  std::fill(gradient.begin(), gradient.end(), 0.0);
}

// Two steps, the second without a gradient of its own.
bool check_step(const Step& candidate) {
  std::vector<double> w = {1, -2, 0.5}, gradient = {4, -1, 0};
  candidate(w, gradient, 0.25);
  const std::vector<double> once = w;
  candidate(w, gradient, 0.25);
  return std::abs(once[0] - 0) < 1e-9 && std::abs(once[1] + 1.75) < 1e-9 && w == once;
}
