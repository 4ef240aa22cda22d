// right
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
      for (int i = std::max(0, p - R + 1); i <= std::min(p, h - 1); ++i)
        for (int j = std::max(0, q - S + 1); j <= std::min(q, v - 1); ++j) sum += g[size_t(i * v + j)] * w[size_t((p - i) * S + q - j)];
      d.dx.push_back(sum);
    }
  return d;
}
