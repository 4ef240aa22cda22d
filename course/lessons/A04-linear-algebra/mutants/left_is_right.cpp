// slip: left is a copy of right
// why: left is A v, divided by its length. It has a number for each row, right one for each column.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

struct Triple {
  double sigma;
  std::vector<double> left, right;
};

Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  const auto length = [](const std::vector<double>& x) {
    double s = 0;
    for (const double e : x) s += e * e;
    return std::sqrt(s);
  };
  const auto forward = [&](const std::vector<double>& x) {
    std::vector<double> y(rows, 0.0);
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++) y[i] += a[i * columns + j] * x[j];
    return y;
  };
  const auto backward = [&](const std::vector<double>& y) {
    std::vector<double> x(columns, 0.0);
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++) x[j] += a[i * columns + j] * y[i];
    return x;
  };
  std::vector<double> v(columns);
  std::mt19937 random(4);
  std::normal_distribution<double> normal;
  for (double& e : v) e = normal(random);
  for (int step = 0; step < 3000; step++) {
    std::vector<double> next = backward(forward(v));
    const double size = length(next);
    if (size == 0) return {0, std::vector<double>(rows, 0.0), std::vector<double>(columns, 0.0)};
    double moved = 0;
    for (size_t j = 0; j < columns; j++) {
      next[j] /= size;
      moved += (next[j] - v[j]) * (next[j] - v[j]);
    }
    v = next;
    if (std::sqrt(moved) < 1e-12) break;
  }
  std::vector<double> u = forward(v);
  const double sigma = length(u);
  for (double& e : u) e /= sigma > 0 ? sigma : 1;
  return {sigma, v, v};
}
