// slip: the last row of g is left out: the loop over rows ends at H - R
// shows: x = (1, 2) as 2 x 1, w = (1) as 1 x 1, g = (1, 1) gives db = 1 instead of 2, dw = 1 instead of 3, dx = (1, 0) instead of (1, 1)
// named: mutants/last_row_missing.cpp
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  Gradients r;
  r.dx.assign(x.size(), 0.0);
  r.dw.assign(w.size(), 0.0);
  int OW = W - S + 1;
  for (int i = 0; i < H - R; i++) {
    for (int j = 0; j < OW; j++) {
      double gij = g[i * OW + j];
      r.db += gij;
      for (int a = 0; a < R; a++) {
        for (int c = 0; c < S; c++) {
          r.dw[a * S + c] += gij * x[(i + a) * W + (j + c)];
          r.dx[(i + a) * W + (j + c)] += gij * w[a * S + c];
        }
      }
    }
  }
  return r;
}
