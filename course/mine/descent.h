// The optimiser's step by A07: gradient descent of one step, whose gradient is already known. The height of the surface is of no use to a step: 0.
#pragma once

#include "piece.h"

EXPORTED int piece_step(double* weights, const double* gradient, std::size_t n, double rate) {
  return piece::guarded([&] {
    const std::vector<double> w(weights, weights + n), g(gradient, gradient + n);
    piece::calls++;
    const std::vector<std::vector<double>> history =
        yours::gradient_descent([](const std::vector<double>&) { return 0.0; }, [&](const std::vector<double>&) { return g; }, w, rate, 1, 0);
    if (history.empty()) throw piece::WrongSize{"gradient_descent gave an empty history"};
    std::vector<double> last = piece::sized(history.back(), n + 1, "gradient_descent", "coordinates and the height");
    last.pop_back();
    piece::put(last, weights);
  });
}
