// slip: dx looks at g in place (p + a, q + c) instead of (p - a, q - c)
// shows: x = (1, 2) as 1 x 2, w = (3, 4) as 1 x 2, g = (1) gives dx = (3, 0) instead of (3, 4)
// named: mutants/dx_plus.cpp
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  const int OH = H - R + 1, OW = W - S + 1;
  Gradients out;
  out.dx = std::vector<double>(x.size(), 0.0);
  out.dw = std::vector<double>(w.size(), 0.0);
  for (double v : g) out.db += v;
  for (int a = 0; a < R; a++)
    for (int c = 0; c < S; c++)
      for (int i = 0; i < OH; i++)
        for (int j = 0; j < OW; j++) out.dw[a * S + c] += g[i * OW + j] * x[(i + a) * W + j + c];
  for (int p = 0; p < H; p++)
    for (int q = 0; q < W; q++)
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++)
          if (p + a < OH && q + c < OW) out.dx[p * W + q] += g[(p + a) * OW + q + c] * w[a * S + c];
  return out;
}
