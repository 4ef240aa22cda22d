// What this lesson's figures and its demo share: a convolution as a matrix, the digits of the shipped table, and a step of power iteration.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include <cairn/data/registry.h>
#include <cairn/ops/ops.h>

namespace cairn::course::a04 {

inline Tensor matrix_of(const std::vector<double>& values, int64_t rows, int64_t columns) {
  return from_span(std::span<const double>(values), {rows, columns});
}

// Three filters of 3 x 3.
inline Tensor filter_named(const std::string& name) {
  if (name == "blur") return full({3, 3}, 1.0 / 9, f64);
  if (name == "edge") return tensor({{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}}, f64);
  return tensor({{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}}, f64);  // sharpen
}

// The matrix that does to a flattened image of side x side what the filter does to the image: column j is what becomes of the image that is 1 at
// pixel j and 0 elsewhere.
inline Tensor convolution_matrix(const Tensor& filter, int64_t side) {
  const Tensor images = eye(side * side, f64).reshape({side * side, 1, side, side});
  return conv2d(images, filter.reshape({1, 1, 3, 3})).reshape({side * side, -1}).t().contiguous();
}

// 1,797 digits of 8 x 8 pixels from 0 to 16, a row each.
inline Tensor digits() { return load_dataset("digits", "all").x.to(f64); }

// The best approximation of x by k directions, from its singular value decomposition.
inline Tensor rebuilt(const std::vector<Tensor>& usv, int64_t k) {
  return matmul(usv[0].slice(1, {{}, k}) * usv[1].slice(0, {{}, k}), usv[2].slice(0, {{}, k}));
}

// sin of the angle between v after each step of v <- A^T A v / length and the direction `best`.
inline std::vector<double> power_errors(const Tensor& a, Tensor v, const Tensor& best, int steps) {
  std::vector<double> errors;
  for (int i = 0; i <= steps; i++) {
    v = v / norm(v);
    const double along = matmul(v, best).item();
    errors.push_back(std::max(norm(v - along * best).item(), 1e-16));
    v = matmul(a.t(), matmul(a, v));
  }
  return errors;
}

}  // namespace cairn::course::a04
