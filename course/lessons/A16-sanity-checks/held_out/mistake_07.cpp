// slip: check_gradient compares without the absolute value, so a derivative that is too low passes
// shows: its slopes are all negative; the given add_gradient makes them more negative, and it says true instead of false
// named: mutants/check_gradient_no_abs.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

using Normalise = std::function<std::vector<double>(const std::vector<double>& x, int columns)>;
using AddGradient =
    std::function<void(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient)>;
using Step = std::function<void(std::vector<double>& w, std::vector<double>& gradient, double rate)>;

std::vector<double> normalise(const std::vector<double>& x, int columns) {
  const size_t d = size_t(columns), rows = x.size() / d;
  std::vector<double> result;
  std::vector<double> centre(d, 0.0), deviation(d, 0.0);
  for (size_t j = 0; j < d && rows > 0; j++) {
    std::vector<double> column;
    for (size_t i = 0; i < rows; i++) column.push_back(x[i * d + j]);
    const auto [least, most] = std::minmax_element(column.begin(), column.end());
    if (*least == *most) continue;  // the deviation stays 0
    centre[j] = std::accumulate(column.begin(), column.end(), 0.0) / double(rows);
    for (double& v : column) v -= centre[j];
    deviation[j] = std::sqrt(std::inner_product(column.begin(), column.end(), column.begin(), 0.0) / double(rows));
  }
  for (size_t t = 0; t < x.size(); t++) result.push_back(deviation[t % d] > 0 ? (x[t] - centre[t % d]) / deviation[t % d] : 0.0);
  return result;
}

static bool near(double a, double b) { return std::abs(a - b) <= 1e-8; }

bool check_normalise(const Normalise& candidate) {
  // z = (x - m) / s is the same for x and for any 1000 x + 5, and the first has to be right for a column whose deviation is not 1
  const std::vector<double> x = {2, 6, 3, 6, 7, 6, 12, 6};
  std::vector<double> moved = x;
  for (double& v : moved) v = 1000 * v + 5;
  const double m = 6, s = std::sqrt((16.0 + 9 + 1 + 36) / 4);
  for (const auto& table : {x, moved}) {
    const std::vector<double> z = candidate(table, 2);
    if (z.size() != x.size()) return false;
    for (size_t i = 0; i < 4; i++)
      if (!near(z[2 * i], (x[2 * i] - m) / s) || !near(z[2 * i + 1], 0)) return false;
  }
  // and for a small one
  const std::vector<double> small = candidate({0.25, 0.5, 0.5, 0.25}, 1);
  return small.size() == 4 && near(small[0], -1) && near(small[1], 1) && near(small[2], 1) && near(small[3], -1);
}

double loss(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w) {
  const size_t d = w.size() - 1;
  double sum = 0;
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    sum += error * error;
  }
  return sum / double(y.size());
}

void add_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient) {
  const size_t d = w.size() - 1, n = y.size();
  if (n == 0) return;
  std::vector<double> error(n);
  for (size_t i = 0; i < n; i++) error[i] = std::inner_product(w.begin(), w.end() - 1, x.begin() + std::ptrdiff_t(i * d), w[d]) - y[i];
  for (size_t j = 0; j <= d; j++) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += error[i] * (j == d ? 1.0 : x[i * d + j]);
    gradient[j] += 2 * sum / double(n);
  }
}

bool check_gradient(const AddGradient& candidate) {
  const std::vector<double> x = {1, 2, 3, 4, 5, 7}, y = {20, 10, 30}, w = {0.5, 0.25, 1};
  std::vector<double> gradient(3, 0.0);
  candidate(x, y, w, gradient);
  if (gradient.size() != 3) return false;
  const double h = 1e-3;
  for (size_t j = 0; j < 3; j++) {
    std::vector<double> up = w, down = w;
    up[j] += h, down[j] -= h;
    const double slope = (loss(x, y, up) - loss(x, y, down)) / (2 * h);
    if (gradient[j] - slope > 1e-6) return false;
  }
  return true;
}

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  std::transform(w.begin(), w.end(), gradient.begin(), w.begin(), [rate](double weight, double slope) { return weight - rate * slope; });
  gradient.assign(gradient.size(), 0.0);
}

bool check_step(const Step& candidate) {
  for (double rate : {0.125, 0.5, 3.0}) {
    const std::vector<double> w = {1, 0, -6}, g = {-2, 64, 0.5};
    std::vector<double> w_after = w, g_after = g;
    candidate(w_after, g_after, rate);
    if (w_after.size() != w.size() || g_after.size() != g.size()) return false;
    for (size_t j = 0; j < w.size(); j++)
      if (!near(w[j] - w_after[j], rate * g[j]) || g_after[j] != 0.0) return false;
    // a second step without a gradient changes nothing
    const std::vector<double> rest = w_after;
    candidate(w_after, g_after, rate);
    if (w_after != rest) return false;
  }
  return true;
}

std::vector<double> train(const std::vector<double>& x, const std::vector<double>& y, int columns, int steps, double rate) {
  const std::vector<double> scaled = normalise(x, columns);
  std::vector<double> w(size_t(columns) + 1, 0.0), gradient(w.size(), 0.0);
  for (int step = 0; step < steps; step++) {
    add_gradient(scaled, y, w, gradient);
    sgd_step(w, gradient, rate);
  }
  return w;
}
