// A13: matrices as lists of numbers, and a deep network of products and bends whose gradients are followed back, layer by layer.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <cairn/base/random.h>

namespace cairn::course::a13 {

struct Matrix {
  size_t rows = 0, columns = 0;
  std::vector<double> v = {};
  double& at(size_t i, size_t j) { return v[i * columns + j]; }
  double at(size_t i, size_t j) const { return v[i * columns + j]; }
};
inline Matrix zeros(size_t rows, size_t columns) { return {rows, columns, std::vector<double>(rows * columns, 0.0)}; }
inline Matrix random_matrix(Random& random, size_t rows, size_t columns, double deviation) {
  Matrix m = zeros(rows, columns);
  for (double& x : m.v) x = deviation * random.normal();
  return m;
}
inline Matrix transposed(const Matrix& m) {
  Matrix t = zeros(m.columns, m.rows);
  for (size_t i = 0; i < m.rows; i++)
    for (size_t j = 0; j < m.columns; j++) t.at(j, i) = m.at(i, j);
  return t;
}
inline Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c = zeros(a.rows, b.columns);
  for (size_t i = 0; i < a.rows; i++)
    for (size_t p = 0; p < a.columns; p++)
      for (size_t j = 0; j < b.columns; j++) c.at(i, j) += a.at(i, p) * b.at(p, j);
  return c;
}
// The root of the mean square: how large the entries are.
inline double size_of(const Matrix& m) {
  double sum = 0;
  for (const double x : m.v) sum += x * x;
  return m.v.empty() ? 0 : std::sqrt(sum / double(m.v.size()));
}

// The size of the gradient that arrives at the input of each layer in h <- relu(h W), or tanh, from random rows, when gradients of size 1 come back
// to the last layer's output.
inline std::vector<double> flow(size_t depth, size_t width, size_t batch, double scale, const std::string& bend) {
  Random random(13);
  std::vector<Matrix> weights, sums;
  Matrix h = random_matrix(random, batch, width, 1);
  for (size_t l = 0; l < depth; l++) {
    weights.push_back(random_matrix(random, width, width, scale / std::sqrt(double(width))));
    h = product(h, weights.back());
    sums.push_back(h);
    for (double& x : h.v) x = bend == "relu" ? std::max(x, 0.0) : bend == "tanh" ? std::tanh(x) : x;
  }
  Matrix g = random_matrix(random, batch, width, 1);
  std::vector<double> sizes(depth);
  for (size_t l = depth; l-- > 0;) {
    for (size_t i = 0; i < g.v.size(); i++) {
      const double s = sums[l].v[i], t = std::tanh(s);
      g.v[i] *= bend == "relu" ? (s > 0 ? 1 : 0) : bend == "tanh" ? 1 - t * t : 1;
    }
    g = product(g, transposed(weights[l]));
    sizes[l] = size_of(g);
  }
  return sizes;
}

}  // namespace cairn::course::a13
