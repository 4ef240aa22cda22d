// The loss of A09 and its gradient: one yes-or-no question a class.     z, y, gradient: n numbers, `columns` to a row
#pragma once

#include "piece.h"

EXPORTED int piece_loss(const double* z, const double* y, std::size_t n, std::size_t columns, double* loss) {
  return piece::guarded([&] {
    piece::calls++;
    *loss = yours::bce_with_logits(std::vector<double>(z, z + n), std::vector<double>(y, y + n), columns);
  });
}

EXPORTED int piece_loss_gradient(const double* z, const double* y, std::size_t n, std::size_t columns, double* gradient) {
  return piece::guarded([&] {
    piece::calls++;
    const std::vector<double> g = yours::bce_gradient(std::vector<double>(z, z + n), std::vector<double>(y, y + n), columns);
    piece::put(piece::sized(g, n, "bce_gradient", "logits"), gradient);
  });
}
