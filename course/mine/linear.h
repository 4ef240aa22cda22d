// The linear layer's backward by A13, of the forward y = x w + b.
//   x, dx [n, k]     w, dw [k, m]     dy [n, m]     db [m]      db is null where the layer has no bias
#pragma once

#include "piece.h"

EXPORTED int piece_linear_backward(const double* x, const double* w, const double* dy, std::size_t n, std::size_t k, std::size_t m, double* dx,
                                   double* dw, double* db) {
  return piece::guarded([&] {
    std::vector<double> to_x(n * k, 0.0), to_w(k * m, 0.0), to_b(m, 0.0);
    const std::vector<double> from_y(dy, dy + n * m);
    piece::calls++;
    yours::matmul_backward(std::vector<double>(x, x + n * k), std::vector<double>(w, w + k * m), from_y, 1, n, k, m, to_x, to_w);
    piece::put(piece::sized(to_x, n * k, "matmul_backward", "elements of da"), dx);
    piece::put(piece::sized(to_w, k * m, "matmul_backward", "elements of db"), dw);
    if (!db) return;
    piece::calls++;
    yours::broadcast_backward(from_y, {m}, {n, m}, to_b);
    piece::put(piece::sized(to_b, m, "broadcast_backward", "elements of dx"), db);
  });
}
