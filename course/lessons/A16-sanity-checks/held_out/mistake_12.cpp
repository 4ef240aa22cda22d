// slip: check_step looks at the weights after one step and never at the gradient
// shows: check_step of the sgd_step that came with the file (gradient kept) gives true instead of false
// named: mutants/check_step_one_step.cpp
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

static bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

bool check_normalise(const Normalise& candidate) {
  // By hand: 2, 4, 4, 4, 5, 5, 7, 9 has the mean 5 and the deviation 2. Beside it the same times a hundred plus a thousand, and a column of sevens.
  const std::vector<double> eight = {2, 4, 4, 4, 5, 5, 7, 9};
  std::vector<double> x, expected;
  for (double v : eight) {
    x.insert(x.end(), {v, 7.0, 1000 - 100 * v});
    expected.insert(expected.end(), {(v - 5) / 2, 0.0, -(v - 5) / 2});
  }
  const std::vector<double> got = candidate(x, 3);
  if (got.size() != expected.size()) return false;
  for (size_t i = 0; i < got.size(); i++)
    if (!near(got[i], expected[i])) return false;
  // A single column as well, small numbers.
  const std::vector<double> one = candidate({0.01, 0.03, 0.05, 0.03}, 1);
  const double root = std::sqrt(2.0);
  return one.size() == 4 && near(one[0], -root) && near(one[1], 0) && near(one[2], root) && near(one[3], 0);
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
  const size_t d = w.size() - 1, rows = y.size();
  std::vector<double> error(rows);
  for (size_t i = 0; i < rows; i++) {
    error[i] = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error[i] += x[i * d + j] * w[j];
  }
  for (size_t j = 0; j <= d; j++) {
    double sum = 0;
    for (size_t i = 0; i < rows; i++) sum += error[i] * (j < d ? x[i * d + j] : 1.0);
    gradient[j] += 2 * sum / double(rows);
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
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j];
  std::fill(gradient.begin(), gradient.end(), 0.0);
}

bool check_step(const Step& candidate) {
  std::vector<double> w = {1, 2, 3};
  std::vector<double> gradient = {0.5, -1, 4};
  candidate(w, gradient, 0.1);
  const std::vector<double> wanted = {0.95, 2.1, 2.6};
  for (size_t j = 0; j < w.size(); j++)
    if (!near(w[j], wanted[j])) return false;
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
