// right
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  Gradients r;
  r.dx.assign(x.size(), 0.0);
  r.dw.assign(w.size(), 0.0);
  int OH = H - R + 1;
  int OW = W - S + 1;
  for (int i = 0; i < OH; i++) {
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
