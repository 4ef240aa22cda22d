// slip: check_normalise asks for exactly the same bits as one way of adding gives
// shows: a right candidate that multiplies by 1 / deviation, or adds from the last row on, differs in the last digit and gets false instead of true
// named: mutants/check_normalise_refuses_all.cpp
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
  std::vector<double> x = {0.1, 4, 0.7, 4, 1.3, 4, 0.4, 4, 2.9, 4};
  std::vector<double> wanted = normalise(x, 2);
  return candidate(x, 2) == wanted;
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
  // several sizes, never as many rows as columns
  for (size_t d = 1; d <= 4; d++) {
    for (size_t n = 1; n <= 6; n++) {
      if (n == d) continue;
      std::vector<double> x, y, w, start;
      for (size_t t = 0; t < n * d; t++) x.push_back(std::sin(double(3 * t + n)) * 4 + 1);
      for (size_t t = 0; t < n; t++) y.push_back(std::cos(double(5 * t + d)) * 30);
      for (size_t t = 0; t <= d; t++) w.push_back(0.5 * double(t) - 0.75);
      for (size_t t = 0; t <= d; t++) start.push_back(3 - 2 * double(t));
      std::vector<double> g = start;
      candidate(x, y, w, g);
      if (g.size() != d + 1) return false;
      for (size_t j = 0; j <= d; j++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
          double p = w[d];
          for (size_t c = 0; c < d; c++) p += w[c] * x[i * d + c];
          sum += (p - y[i]) * (j < d ? x[i * d + j] : 1.0);
        }
        double right = start[j] + 2 * sum / double(n);
        if (!(std::fabs(g[j] - right) < 1e-8)) return false;
      }
    }
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
