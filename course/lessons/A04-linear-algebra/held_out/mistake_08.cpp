// slip: = where += belongs: of each row times the vector only the last product is left
// shows: a = {2, 1, 0, 1}, two by two: sigma 1 instead of 2.288
// named: mutants/forward_assigned.cpp
// named: mutants/forward_assigned_nan.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

struct Triple {
  double sigma;
  std::vector<double> left, right;
};

using Vec = std::vector<double>;

static double norm(const Vec& v) {
  double result = 0;
  for (const double x : v) result = std::hypot(result, x);
  return result;
}

static Vec times(const Vec& m, const Vec& v) {
  Vec result;
  for (size_t at = 0; at < m.size(); at += v.size()) {
    double dot = 0;
    for (size_t j = 0; j < v.size(); j++) dot = m[at + j] * v[j];
    result.push_back(dot);
  }
  return result;
}

static void to_length_one(Vec& v) {
  const double l = norm(v);
  for (double& x : v) x /= l;
}

// Scales the matrix so that its largest entry is 1, forms A^T A once, and walks with that.
Triple power_iteration(const Vec& a, size_t rows, size_t columns) {
  double scale = 0;
  for (const double x : a) scale = std::max(scale, std::abs(x));
  if (scale == 0) {
    Vec u(rows, 0.0), v(columns, 0.0);
    u[0] = v[0] = 1;
    return {0, u, v};
  }
  Vec b = a;
  for (double& x : b) x /= scale;

  Vec gram(columns * columns, 0.0);
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++)
      for (size_t k = 0; k < columns; k++) gram[j * columns + k] += b[i * columns + j] * b[i * columns + k];

  std::mt19937 engine(31);
  std::uniform_real_distribution<double> any(-1, 1);
  Vec v(columns);
  for (double& x : v) x = any(engine);
  to_length_one(v);
  for (int left = 3000; left > 0; left--) {
    Vec next = times(gram, v);
    to_length_one(next);
    Vec difference(columns);
    for (size_t j = 0; j < columns; j++) difference[j] = next[j] - v[j];
    v.swap(next);
    if (norm(difference) < 1e-12) break;
  }
  Vec u = times(b, v);
  const double sigma = norm(u);
  to_length_one(u);
  return {sigma * scale, u, v};
}
