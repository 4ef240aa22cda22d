// slip: the table of check_normalise has the deviation 1, where the variance is the same number
// shows: check_normalise of the normalise that came with the file (divides by the variance) gives true instead of false
// named: mutants/check_normalise_cannot_fail.cpp
// named: mutants/check_normalise_too_large.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using Normalise = std::function<std::vector<double>(const std::vector<double>& x, int columns)>;
using AddGradient =
    std::function<void(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient)>;
using Step = std::function<void(std::vector<double>& w, std::vector<double>& gradient, double rate)>;

// One column of x, as a list of its own.
static std::vector<double> column_of(const std::vector<double>& x, size_t d, size_t j) {
  std::vector<double> column;
  for (size_t i = j; i < x.size(); i += d) column.push_back(x[i]);
  return column;
}

std::vector<double> normalise(const std::vector<double>& x, int columns) {
  const size_t d = size_t(columns);
  std::vector<double> result(x.size(), 0.0);
  for (size_t j = 0; j < d; j++) {
    const std::vector<double> column = column_of(x, d, j);
    const auto [low, high] = std::minmax_element(column.begin(), column.end());
    if (*low == *high) continue;  // all equal: they stay 0
    double mean = 0, variance = 0;
    for (double v : column) mean += v;
    mean /= double(column.size());
    for (double v : column) variance += (v - mean) * (v - mean);
    variance /= double(column.size());
    const double deviation = std::sqrt(variance);
    for (size_t i = 0; i < column.size(); i++) result[i * d + j] = (column[i] - mean) / deviation;
  }
  return result;
}

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

bool check_normalise(const Normalise& candidate) {
  // 4 and 6: the mean is 5, so -1 and 1 should come out. A column of threes becomes 0.
  const std::vector<double> z = candidate({4, 3, 6, 3}, 2);
  return z.size() == 4 && near(z[0], -1) && near(z[1], 0) && near(z[2], 1) && near(z[3], 0);
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
  const size_t d = w.size() - 1;
  const double rows = double(y.size());
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / rows;
    gradient[d] += 2 * error / rows;
  }
}

bool check_gradient(const AddGradient& candidate) {
  // By hand. Three rows, two columns, all predictions 0, so the errors are -1, -2, -6.
  const std::vector<double> x = {1, 0, 0, 2, 3, 1}, y = {1, 2, 6};
  std::vector<double> gradient = {10, 20, 30};
  candidate(x, y, {0, 0, 0}, gradient);
  // sums of error times x: -1 - 18 = -19, -4 - 6 = -10, and of the errors -9; times two thirds
  if (gradient.size() != 3) return false;
  if (!near(gradient[0], 10 - 38.0 / 3) || !near(gradient[1], 20 - 20.0 / 3) || !near(gradient[2], 30 - 6.0)) return false;
  // One row, three columns, prediction 1 * 2 + 2 * 1 + 4 * 0.5 + 1 = 7, error 3.
  std::vector<double> wide(4, 0.0);
  candidate({2, 1, 0.5}, {4}, {1, 2, 4, 1}, wide);
  if (wide.size() != 4 || !near(wide[0], 12) || !near(wide[1], 6) || !near(wide[2], 3) || !near(wide[3], 6)) return false;
  // Four rows, one column; the second call adds the same once more.
  std::vector<double> tall(2, 0.0);
  for (int call = 1; call <= 2; call++) {
    candidate({1, 2, 3, 4}, {0, 0, 0, 2}, {1, -1}, tall);  // errors 0, 1, 2, 1
    if (tall.size() != 2 || !near(tall[0], call * 6.0) || !near(tall[1], call * 2.0)) return false;
  }
  return true;
}

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  for (size_t j = 0; j < w.size(); j++) {
    w[j] -= rate * gradient[j];
    gradient[j] = 0;
  }
}

bool check_step(const Step& candidate) {
  std::vector<double> w = {3, -1}, gradient = {2, 8};
  candidate(w, gradient, 0.5);
  if (w.size() != 2 || !near(w[0], 2) || !near(w[1], -5)) return false;
  if (gradient != std::vector<double>{0, 0}) return false;
  // Nothing has come in since, so nothing moves.
  candidate(w, gradient, 0.5);
  if (!near(w[0], 2) || !near(w[1], -5)) return false;
  // A longer one, with another rate.
  std::vector<double> v = {0, 0, 0, 0, 1}, slope = {1, 2, 3, 4, -5};
  candidate(v, slope, 2);
  for (size_t j = 0; j < 4; j++)
    if (!near(v[j], -2.0 * double(j + 1))) return false;
  return near(v[4], 11) && slope == std::vector<double>(5, 0.0);
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
