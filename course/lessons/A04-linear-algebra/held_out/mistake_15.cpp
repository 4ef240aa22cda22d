// slip: it stops after twenty steps, as the program of the lesson does
// shows: a diagonal of 1 and 0.95: sigma 0.9992 instead of 1, right (-0.99, 0.13) instead of (1, 0)
// named: mutants/fixed_steps.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

struct Triple {
  double sigma;
  std::vector<double> left, right;
};

// Works on S = A^T A, which is built once.
Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  bool zeros = true;
  for (double e : a) zeros = zeros && e == 0;
  if (zeros) return {0, std::vector<double>(rows, 0.0), std::vector<double>(columns, 0.0)};

  std::vector<double> s(columns * columns, 0.0);
  for (size_t j = 0; j < columns; ++j)
    for (size_t k = 0; k < columns; ++k)
      for (size_t i = 0; i < rows; ++i) s[j * columns + k] += a[i * columns + j] * a[i * columns + k];

  auto normalise = [](std::vector<double>& w) {
    double square = 0;
    for (double e : w) square += e * e;
    const double l = std::sqrt(square);
    if (l > 0)
      for (double& e : w) e /= l;
    return l;
  };

  std::mt19937 random(20240);
  std::uniform_real_distribution<double> draw(-1.0, 1.0);
  std::vector<double> v(columns), old;
  for (auto& e : v) e = draw(random);
  normalise(v);

  double distance = 1;
  for (int step = 0; step < 20 && distance >= 1e-12; ++step) {
    old = v;
    for (size_t j = 0; j < columns; ++j) {
      v[j] = 0;
      for (size_t k = 0; k < columns; ++k) v[j] += s[j * columns + k] * old[k];
    }
    normalise(v);
    distance = 0;
    for (size_t j = 0; j < columns; ++j) distance = std::hypot(distance, v[j] - old[j]);
  }

  Triple result{0, std::vector<double>(rows, 0.0), v};
  for (size_t i = 0; i < rows; ++i)
    for (size_t j = 0; j < columns; ++j) result.left[i] += a[i * columns + j] * v[j];
  result.sigma = normalise(result.left);
  return result;
}
