// The test's precision, recall and F1 by A15.     truth, predicted: n classes     three: the numbers
#pragma once

#include "piece.h"

EXPORTED int piece_f1(const int* truth, const int* predicted, std::size_t n, int classes, double* three) {
  return piece::guarded([&] {
    piece::calls++;
    const std::vector<double> numbers = yours::f1(std::vector<int>(truth, truth + n), std::vector<int>(predicted, predicted + n), classes);
    piece::put(piece::sized(numbers, 3, "f1", "results"), three);
  });
}
