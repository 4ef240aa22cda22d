// The optimiser's step of A16, for one list of weights.     weights, gradient: n numbers
#pragma once

#include "piece.h"

EXPORTED int piece_step(double* weights, const double* gradient, std::size_t n, double rate) {
  return piece::guarded([&] {
    std::vector<double> w(weights, weights + n), g(gradient, gradient + n);
    piece::calls++;
    yours::sgd_step(w, g, rate);
    piece::put(piece::sized(w, n, "sgd_step", "weights"), weights);
  });
}
