// slip: the left direction is A v and is not divided by sigma
// shows: A = {3}: left is {3} instead of {1}
// named: mutants/left_not_unit.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

struct Triple {
  double sigma;
  std::vector<double> left, right;
};

static double length(const std::vector<double>& v) {
  double sum = 0;
  for (double e : v) sum += e * e;
  return std::sqrt(sum);
}

Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  std::mt19937 generator(4);
  std::normal_distribution<double> normal(0, 1);
  std::vector<double> v(columns);
  for (double& e : v) e = normal(generator);
  const double start = length(v);
  for (double& e : v) e /= start;

  auto times = [&](const std::vector<double>& in) {
    std::vector<double> out(rows, 0.0);
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++) out[i] += a[i * columns + j] * in[j];
    return out;
  };
  auto back = [&](const std::vector<double>& in) {
    std::vector<double> out(columns, 0.0);
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++) out[j] += a[i * columns + j] * in[i];
    return out;
  };

  for (int step = 0; step < 3000; step++) {
    std::vector<double> next = back(times(v));
    const double l = length(next);
    if (l == 0) return {0, {}, {}};
    double apart = 0;
    for (size_t j = 0; j < columns; j++) {
      next[j] /= l;
      apart += (next[j] - v[j]) * (next[j] - v[j]);
    }
    v = next;
    if (std::sqrt(apart) < 1e-12) break;
  }
  std::vector<double> u = times(v);
  const double sigma = length(u);
  if (sigma == 0) return {0, {}, {}};
  return {sigma, u, v};
}
