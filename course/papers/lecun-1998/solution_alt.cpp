// Each gradient gathered by itself; that of x is g, with a margin of zeros, convolved with the filter turned by 180 degrees.
#include <numeric>
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  const int rows = H - R + 1, columns = W - S + 1;
  Gradients d;
  d.db = std::accumulate(g.begin(), g.end(), 0.0);
  for (int a = 0; a < R; a++)
    for (int c = 0; c < S; c++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) sum = std::inner_product(&g[i * columns], &g[i * columns] + columns, &x[(i + a) * W + c], sum);
      d.dw.push_back(sum);
    }
  const auto padded = [&](int i, int j) { return i < 0 || j < 0 || i >= rows || j >= columns ? 0.0 : g[i * columns + j]; };
  for (int p = 0; p < H; p++)
    for (int q = 0; q < W; q++) {
      double sum = 0;
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) sum += padded(p - R + 1 + a, q - S + 1 + c) * w[(R - 1 - a) * S + S - 1 - c];
      d.dx.push_back(sum);
    }
  return d;
}
