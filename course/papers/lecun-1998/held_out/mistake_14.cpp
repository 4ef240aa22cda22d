// slip: the loops over the places end one early, at H - R and W - S
// shows: x 2 x 2, w = {1}, g = {1, 1, 1, 1}: db is 1 instead of 4
// named: mutants/last_row_and_column_missing.cpp
#include <cstddef>
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  Gradients r{std::vector<double>(x.size(), 0.0), std::vector<double>(w.size(), 0.0), 0.0};
  const int width = W - S + 1;
  for (int i = 0; i < H - R; i++) {
    for (int j = 0; j < W - S; j++) {
      const double d = g[static_cast<std::size_t>(i * width + j)];
      r.db += d;
      for (int a = 0; a < R; a++) {
        for (int c = 0; c < S; c++) {
          r.dw[static_cast<std::size_t>(a * S + c)] += d * x[static_cast<std::size_t>((i + a) * W + j + c)];
          r.dx[static_cast<std::size_t>((i + a) * W + j + c)] += d * w[static_cast<std::size_t>(a * S + c)];
        }
      }
    }
  }
  return r;
}
