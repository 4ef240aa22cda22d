// slip: the kernel is turned by 180 degrees for dx, although g is taken at p - a, q - c already
// shows: x 1 x 2, w = {1, 2}, g = {1}: dx is {2, 1} instead of {1, 2}
// named: mutants/flipped.cpp
#include <cstddef>
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

// Each number of the results is one sum, written as the formula says it.
Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  const int h = H - R + 1, v = W - S + 1;  // size of g
  auto G = [&](int i, int j) { return i < 0 || j < 0 || i >= h || j >= v ? 0.0 : g[size_t(i * v + j)]; };

  Gradients result;
  for (double e : g) result.db += e;

  for (int a = 0; a < R; a++)
    for (int c = 0; c < S; c++) {
      double sum = 0;
      for (int i = 0; i < h; i++)
        for (int j = 0; j < v; j++) sum += G(i, j) * x[size_t((i + a) * W + (j + c))];
      result.dw.push_back(sum);
    }

  for (int p = 0; p < H; p++)
    for (int q = 0; q < W; q++) {
      double sum = 0;
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) sum += G(p - a, q - c) * w[size_t((R - 1 - a) * S + S - 1 - c)];
      result.dx.push_back(sum);
    }
  return result;
}
