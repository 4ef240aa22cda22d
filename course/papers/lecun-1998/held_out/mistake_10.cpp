// slip: dw is stored column by column instead of row by row
// shows: x = (1, 2, 3, 4) as 2 x 2, w 2 x 2, g = (1) gives dw = (1, 3, 2, 4) instead of (1, 2, 3, 4)
// named: mutants/dw_by_columns.cpp
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  int h = H - R + 1, b = W - S + 1;
  Gradients out{std::vector<double>(x.size()), std::vector<double>(w.size()), 0};
  for (int i = 0; i < h; i++)
    for (int j = 0; j < b; j++) {
      const double up = g[i * b + j];
      out.db += up;
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) {
          out.dw[c * R + a] += up * x[(i + a) * W + j + c];
          out.dx[(i + a) * W + j + c] += up * w[a * S + c];
        }
    }
  return out;
}
