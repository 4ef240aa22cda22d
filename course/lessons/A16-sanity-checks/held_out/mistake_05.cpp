// slip: the gradient is set to 0 before the weights move, so they never move
// shows: w = (1), gradient = (2), rate 0.5: w stays 1 instead of 0
// named: mutants/step_clears_first.cpp
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

static bool close(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double s, double t) { return std::abs(s - t) <= 1e-9 * std::max(1.0, std::abs(t)); });
}

bool check_normalise(const Normalise& candidate) {
  // columns: 1, 1, 5, 5 (mean 3, deviation 2); 7 four times; -10, 30, -10, 30 (mean 10, deviation 20); 0, 0, 0, 8 (mean 2, deviation sqrt 12)
  const double s = std::sqrt(12.0);
  if (!close(candidate({1, 7, -10, 0, 1, 7, 30, 0, 5, 7, -10, 0, 5, 7, 30, 8}, 4),
             {-1, 0, -1, -2 / s, -1, 0, 1, -2 / s, 1, 0, -1, -2 / s, 1, 0, 1, 6 / s}))
    return false;
  return close(candidate({0.1, 0.1, 0.1}, 1), {0, 0, 0}) && close(candidate({0.001, 0.003}, 1), {-1, 1}) && close(candidate({4, 9}, 2), {0, 0});
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
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(y.size());
    gradient[d] += 2 * error / double(y.size());
  }
}

bool check_gradient(const AddGradient& candidate) {
  // two columns, four rows; the errors are 4, -2, 1, 9
  const std::vector<double> x = {1, 2, 3, -1, 0, 1, 5, 2}, y = {0, 5, 1, -1}, w = {1, 1, 1};
  std::vector<double> g = {10, -20, 30};
  candidate(x, y, w, g);
  // sums of error times x: 4 - 6 + 0 + 45 = 43, 8 + 2 + 1 + 18 = 29, errors alone 12; times 2 / 4
  if (!close(g, {10 + 21.5, -20 + 14.5, 30 + 6})) return false;
  candidate(x, y, w, g);  // once more on top
  if (!close(g, {10 + 43, -20 + 29, 30 + 12})) return false;
  // three columns, one row: error 2 * 1 + 0 * 2 - 1 * 3 + 4 - 1003 = -1000
  std::vector<double> h(4, 0.0);
  candidate({1, 2, 3}, {1003}, {2, 0, -1, 4}, h);
  return close(h, {-2000, -4000, -6000, -2000});
}

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  std::fill(gradient.begin(), gradient.end(), 0.0);
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j];
}

bool check_step(const Step& candidate) {
  std::vector<double> w = {1, -2, 300}, g = {10, 20, -4000};
  candidate(w, g, 0.5);
  if (!close(w, {-4, -12, 2300}) || !close(g, {0, 0, 0})) return false;
  g = {1, 0, 2};
  candidate(w, g, 2);
  if (!close(w, {-6, -12, 2296}) || !close(g, {0, 0, 0})) return false;
  std::vector<double> one = {5}, slope = {-0.25};
  candidate(one, slope, 0.1);
  return close(one, {5.025}) && close(slope, {0});
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
