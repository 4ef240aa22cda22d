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

bool alike(double a, double b) { return std::abs(a - b) < 1e-6; }

// By hand: mean 3, deviation 2.
bool check_normalise(const Normalise& candidate) { return alike(candidate({2, 2, 2, 2, 7}, 1)[4], 2); }

void add_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient) {
  const size_t d = w.size() - 1;
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(y.size());
    gradient[d] += 2 * error / double(y.size());
  }
}

// Three rows with one column, the error 6 in each: the gradient is 12 for both, by hand.
bool check_gradient(const AddGradient& candidate) {
  std::vector<double> gradient(2, 0.0);
  candidate({1, 1, 1}, {0, 0, 0}, {6, 0}, gradient);
  return alike(gradient[0], 12) && alike(gradient[1], 12);
}

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j];
  gradient.assign(w.size(), 0.0);
}

bool check_step(const Step& candidate) {
  std::vector<double> w = {3}, gradient = {2};
  candidate(w, gradient, 0.5);
  return alike(w[0], 2) && gradient[0] == 0;
}
