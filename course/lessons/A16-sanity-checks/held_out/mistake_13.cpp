// slip: check_normalise compares mean and variance with == and no tolerance
// shows: check_normalise of a right normalise, also the own one, gives false instead of true, since the mean is 1e-17 and not 0
// named: mutants/check_normalise_refuses_all.cpp
// named: mutants/check_normalise_refuses.cpp
// named: mutants/check_normalise_refuses_one.cpp
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
  const std::vector<double> x = {1, 20, 2, 50, 4, 10, 9, 70, 3, 20};
  const std::vector<double> z = candidate(x, 2);
  for (int j = 0; j < 2; j++) {
    double mean = 0, variance = 0;
    for (int i = 0; i < 5; i++) mean += z[size_t(i * 2 + j)];
    mean /= 5;
    for (int i = 0; i < 5; i++) variance += (z[size_t(i * 2 + j)] - mean) * (z[size_t(i * 2 + j)] - mean);
    variance /= 5;
    if (mean != 0) return false;
    if (variance != 1) return false;
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
  const double rows = double(y.size());
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / rows;
    gradient[d] += 2 * error / rows;
  }
}

bool check_gradient(const AddGradient& candidate) {
  // Tables of several shapes, none of them square.
  const size_t shapes[][2] = {{5, 2}, {2, 3}, {1, 4}, {7, 1}};
  double next = 0.3;
  auto number = [&next] { return next = std::fmod(next * 7.31 + 0.57, 3.0), next - 1.4; };
  for (const auto& shape : shapes) {
    const size_t rows = shape[0], d = shape[1];
    std::vector<double> x(rows * d), y(rows), w(d + 1), start(d + 1);
    for (std::vector<double>* v : {&x, &y, &w, &start})
      for (double& e : *v) e = number();
    std::vector<double> gradient = start;
    candidate(x, y, w, gradient);
    if (gradient.size() != d + 1) return false;
    for (size_t j = 0; j <= d; j++) {
      const double h = 1e-4;
      std::vector<double> up = w, down = w;
      up[j] += h, down[j] -= h;
      const double slope = (loss(x, y, up) - loss(x, y, down)) / (2 * h);
      if (!(std::abs(gradient[j] - start[j] - slope) < 1e-6 * std::max(1.0, std::abs(slope)))) return false;
    }
  }
  return true;
}

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j];
  std::fill(gradient.begin(), gradient.end(), 0.0);
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
