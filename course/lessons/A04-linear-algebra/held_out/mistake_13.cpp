// slip: sigma is the length of A^T A v, the eigenvalue, and its root is not taken
// shows: A = {3} with one row and one column: sigma is 9 instead of 3
// named: mutants/sigma_squared.cpp
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
  std::mt19937 rng(1);
  std::normal_distribution<double> gauss;
  std::vector<double> v(columns), av(rows), w(columns);
  for (size_t j = 0; j < columns; j++) v[j] = gauss(rng);
  double lambda = 0;
  for (int it = 0; it < 3000; it++) {
    for (size_t i = 0; i < rows; i++) {
      av[i] = 0;
      for (size_t j = 0; j < columns; j++) av[i] += a[i * columns + j] * v[j];
    }
    for (size_t j = 0; j < columns; j++) {
      w[j] = 0;
      for (size_t i = 0; i < rows; i++) w[j] += a[i * columns + j] * av[i];
    }
    double n = 0;
    for (double e : w) n += e * e;
    lambda = std::sqrt(n);
    if (lambda == 0) return {0, {}, {}};
    double diff = 0;
    for (size_t j = 0; j < columns; j++) {
      w[j] /= lambda;
      diff += (w[j] - v[j]) * (w[j] - v[j]);
    }
    v = w;
    if (std::sqrt(diff) < 1e-12) break;
  }
  double n = 0;
  for (size_t i = 0; i < rows; i++) {
    av[i] = 0;
    for (size_t j = 0; j < columns; j++) av[i] += a[i * columns + j] * v[j];
    n += av[i] * av[i];
  }
  for (double& e : av) e /= std::sqrt(n);
  return {lambda, av, v};
}
