// slip: check_gradient uses a table with as many rows as columns, where both divisors are the same number
// shows: handed the given add_gradient it says true instead of false
// named: mutants/check_gradient_square_table.cpp
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
    if (equal) continue;
    for (size_t i = 0; i < rows; i++) mean += x[i * d + j];
    mean /= double(rows);
    for (size_t i = 0; i < rows; i++) square += (x[i * d + j] - mean) * (x[i * d + j] - mean);
    const double deviation = std::sqrt(square / double(rows));
    for (size_t i = 0; i < rows; i++) result[i * d + j] = (x[i * d + j] - mean) / deviation;
  }
  return result;
}

bool check_normalise(const Normalise& candidate) {
  const int columns = 3;
  const size_t rows = 5;
  std::vector<double> x = {1, 100, 4, 2, -50, 4, 4, 20, 4, 8, 75, 4, 16, 0.5, 4};
  std::vector<double> z = candidate(x, columns);
  if (z.size() != x.size()) { return false; }
  for (size_t j = 0; j < 3; j++) {
    double mean = 0;
    for (size_t i = 0; i < rows; i++) mean += z[i * 3 + j] / 5;
    double variance = 0;
    for (size_t i = 0; i < rows; i++) variance += (z[i * 3 + j] - mean) * (z[i * 3 + j] - mean) / 5;
    double wanted = j == 2 ? 0 : 1;  // the last column is all equal
    if (!(std::fabs(mean) < 1e-9)) return false;
    if (!(std::fabs(variance - wanted) < 1e-9)) return false;
    // a straight line from x to z that goes up: equal steps stay in proportion
    for (size_t i = 1; i < rows && j != 2; i++) {
      double slope = (z[3 + j] - z[j]) / (x[3 + j] - x[j]);
      if (slope <= 0) return false;
      if (!(std::fabs(z[i * 3 + j] - z[j] - slope * (x[i * 3 + j] - x[j])) < 1e-9)) return false;
    }
    for (size_t i = 0; i < rows && j == 2; i++) {
      if (z[i * 3 + j] != 0) return false;
    }
  }
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
  const double factor = 2.0 / double(y.size());
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) { gradient[j] += factor * error * x[i * d + j]; }
    gradient[d] += factor * error;
  }
}

bool check_gradient(const AddGradient& candidate) {
  std::vector<double> x = {1, 2, -3, 4};
  std::vector<double> y = {2, 7};
  std::vector<double> w = {0.5, -1, 3};
  std::vector<double> g = {1, 1, 1};
  candidate(x, y, w, g);
  if (g.size() != 3) return false;
  double h = 1e-4;
  for (size_t j = 0; j < 3; j++) {
    std::vector<double> more = w, less = w;
    more[j] += h;
    less[j] -= h;
    double slope = (loss(x, y, more) - loss(x, y, less)) / (2 * h);
    if (!(std::fabs(g[j] - 1 - slope) < 1e-6)) return false;
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
  std::vector<double> w = {3, -1, 0.5, 8};
  std::vector<double> expected = w;
  for (int step = 1; step <= 4; step++) {
    double rate = 0.3 * step;
    std::vector<double> g = {1.0 * step, -2.0, 0.25, 100.0 / step};
    for (size_t j = 0; j < w.size(); j++) { expected[j] = expected[j] - rate * g[j]; }
    candidate(w, g, rate);
    if (w.size() != 4 || g.size() != 4) return false;
    for (size_t j = 0; j < w.size(); j++) {
      if (!(std::fabs(w[j] - expected[j]) < 1e-9)) return false;
      if (g[j] != 0) return false;
    }
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
