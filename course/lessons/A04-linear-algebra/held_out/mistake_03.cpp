// slip: sigma is the length of A^T (A v), which is the eigenvalue: the root is forgotten
// shows: a = {2, 0, 0, 1}, two by two: sigma 4 instead of 2
// named: mutants/sigma_squared.cpp
#include <cmath>
#include <random>
#include <vector>

struct Triple {
  double sigma;
  std::vector<double> left, right;
};

static double norm(const std::vector<double>& v) {
  double s = 0;
  for (double x : v) s += x * x;
  return std::sqrt(s);
}

Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  std::mt19937 gen(1);
  std::normal_distribution<double> dist;
  std::vector<double> v(columns), u(rows);
  for (double& x : v) x = dist(gen);
  const double n = norm(v);
  for (double& x : v) x /= n;
  double sigma = 0;
  for (int step = 0; step < 3000; step++) {
    for (size_t i = 0; i < rows; i++) {
      double s = 0;
      for (size_t j = 0; j < columns; j++) s += a[i * columns + j] * v[j];
      u[i] = s;
    }
    std::vector<double> next(columns);
    for (size_t j = 0; j < columns; j++)
      for (size_t i = 0; i < rows; i++) next[j] += a[i * columns + j] * u[i];
    sigma = norm(next);
    if (sigma == 0) break;
    double moved = 0;
    for (size_t j = 0; j < columns; j++) {
      next[j] /= sigma;
      moved = std::hypot(moved, next[j] - v[j]);
    }
    v = next;
    if (moved < 1e-12) break;
  }
  const double l = norm(u);
  if (l > 0)
    for (double& x : u) x /= l;
  return {sigma, u, v};
}
