// slip: dx is computed only for the pixels under which the whole filter fits on all sides, the margin stays 0
// shows: x = (1, 2) as 1 x 2, w = (3, 4) as 1 x 2, g = (1) gives dx = (0, 0) instead of (3, 4)
// named: mutants/dx_inside.cpp
#include <algorithm>
#include <cstddef>
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

// Every gradient is gathered for itself, entry by entry, as its formula is written.
Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  const int h = H - R + 1, v = W - S + 1;
  Gradients d;

  for (double one : g) d.db += one;

  for (int a = 0; a < R; ++a)
    for (int c = 0; c < S; ++c) {
      double sum = 0;
      for (int i = 0; i < h; ++i)
        for (int j = 0; j < v; ++j) sum += g[size_t(i * v + j)] * x[size_t((i + a) * W + j + c)];
      d.dw.push_back(sum);
    }

  for (int p = 0; p < H; ++p)
    for (int q = 0; q < W; ++q) {
      double sum = 0;
      const bool inside = p >= R - 1 && p < h && q >= S - 1 && q < v;
      for (int i = p - R + 1; inside && i <= p; ++i)
        for (int j = q - S + 1; j <= q; ++j) sum += g[size_t(i * v + j)] * w[size_t((p - i) * S + q - j)];
      d.dx.push_back(sum);
    }
  return d;
}
