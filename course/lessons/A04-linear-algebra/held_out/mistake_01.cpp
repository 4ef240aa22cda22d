// slip: the start is all ones instead of a random direction
// shows: a = {1, -1}, one row, two columns: sigma 0 instead of 1.4142
// named: mutants/start_ones.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

// A v = sigma u, with u (left, one number for each row) and v (right, one for each column) of length 1.
struct Triple {
  double sigma;
  std::vector<double> left, right;
};

Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  std::vector<double> v(columns, 1);
  double sum = 0;
  for (size_t j = 0; j < columns; j++) { sum += v[j] * v[j]; }
  for (size_t j = 0; j < columns; j++) { v[j] /= std::sqrt(sum); }

  std::vector<double> u(rows);
  for (int step = 0; step < 3000; step++) {
    // u = A v
    for (size_t i = 0; i < rows; i++) {
      u[i] = 0;
      for (size_t j = 0; j < columns; j++) { u[i] += a[i * columns + j] * v[j]; }
    }
    // w = A^T u
    std::vector<double> w(columns, 0);
    for (size_t i = 0; i < rows; i++) {
      for (size_t j = 0; j < columns; j++) { w[j] += a[i * columns + j] * u[i]; }
    }
    double squares = 0;
    for (size_t j = 0; j < columns; j++) { squares += w[j] * w[j]; }
    double size = std::sqrt(squares);
    if (size == 0) { break; }
    double moved = 0;
    for (size_t j = 0; j < columns; j++) {
      w[j] /= size;
      moved += (w[j] - v[j]) * (w[j] - v[j]);
    }
    v = w;
    if (std::sqrt(moved) < 1e-12) { break; }
  }

  double sigma = 0;
  for (size_t i = 0; i < rows; i++) {
    u[i] = 0;
    for (size_t j = 0; j < columns; j++) { u[i] += a[i * columns + j] * v[j]; }
    sigma += u[i] * u[i];
  }
  sigma = std::sqrt(sigma);
  if (sigma > 0) {
    for (size_t i = 0; i < rows; i++) { u[i] /= sigma; }
  }
  return {sigma, u, v};
}
