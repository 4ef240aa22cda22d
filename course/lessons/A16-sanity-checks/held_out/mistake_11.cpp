// slip: check_gradient tries a table of two rows and two columns only, where a division by the columns is one by the rows
// shows: check_gradient of the add_gradient that came with the file (it divides by d) gives true instead of false
// named: mutants/check_gradient_square_table.cpp
// named: mutants/check_gradient_one_row.cpp
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
  const size_t d = size_t(columns), rows = x.size() / d;
  std::vector<double> result(x.size(), 0.0);
  for (size_t j = 0; j < d; j++) {
    bool equal = true;
    double mean = 0, square = 0;
    for (size_t i = 0; i < rows; i++) equal = equal && x[i * d + j] == x[j];
    for (size_t i = 0; i < rows; i++) mean += x[i * d + j] / double(rows);
    for (size_t i = 0; i < rows; i++) square += (x[i * d + j] - mean) * (x[i * d + j] - mean) / double(rows);
    for (size_t i = 0; i < rows && !equal; i++) result[i * d + j] = (x[i * d + j] - mean) / std::sqrt(square);
  }
  return result;
}

bool check_normalise(const Normalise& candidate) {
  // Five rows, three columns: a narrow one, a wide one far from zero, and one of equal values.
  const std::vector<double> x = {0.1, 500, 0.7, 0.3, 900, 0.7, 0.2, 100, 0.7, 0.6, 200, 0.7, 0.1, 350, 0.7};
  const std::vector<double> z = candidate(x, 3);
  if (z.size() != x.size()) return false;
  for (size_t j = 0; j < 2; j++) {
    double mean = 0, square = 0;
    for (size_t i = 0; i < 5; i++) mean += z[i * 3 + j] / 5;
    for (size_t i = 0; i < 5; i++) square += (z[i * 3 + j] - mean) * (z[i * 3 + j] - mean) / 5;
    if (!(std::abs(mean) < 1e-9) || !(std::abs(std::sqrt(square) - 1) < 1e-9)) return false;
    // The order of the rows stays, and equal distances stay equal: the quotient of two distances is that of x.
    for (size_t i = 1; i < 5; i++) {
      const double before = (x[i * 3 + j] - x[j]) / (x[3 + j] - x[j]), after = (z[i * 3 + j] - z[j]) / (z[3 + j] - z[j]);
      if (!(std::abs(before - after) < 1e-9)) return false;
    }
    if (z[3 + j] <= z[j]) return false;
  }
  for (size_t i = 0; i < 5; i++)
    if (!(std::abs(z[i * 3 + 2]) < 1e-9)) return false;
  return true;
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
  const std::vector<double> x = {1.5, -2, 0.5, 3}, y = {1, -1}, w = {0.2, 0.7, -0.4};
  std::vector<double> g(3, 0.0);
  candidate(x, y, w, g);
  for (size_t j = 0; j < 3; j++) {
    const double h = 1e-5;
    std::vector<double> up = w, down = w;
    up[j] += h;
    down[j] -= h;
    const double slope = (loss(x, y, up) - loss(x, y, down)) / (2 * h);
    if (std::abs(slope - g[j]) > 1e-6) return false;
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
  std::vector<double> w = {1, -2, 0.5}, gradient = {4, -3, 0.25}, expected = w;
  double rate = 0.1;
  for (int step = 0; step < 4; step++) {
    for (size_t j = 0; j < 3; j++) expected[j] -= rate * gradient[j];
    candidate(w, gradient, rate);
    if (w.size() != 3 || gradient.size() != 3) return false;
    for (size_t j = 0; j < 3; j++)
      if (!(std::abs(w[j] - expected[j]) < 1e-9) || gradient[j] != 0) return false;
    // The next batch sends something else.
    for (size_t j = 0; j < 3; j++) gradient[j] += 1.5 * double(j) - 2 + step;
    rate += 0.3;
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
