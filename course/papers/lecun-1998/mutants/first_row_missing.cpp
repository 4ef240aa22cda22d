// slip: the first row of g is left out
// why: Rows are counted from 0.
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  Gradients d{std::vector<double>(x.size(), 0.0), std::vector<double>(w.size(), 0.0), 0.0};
  const int rows = H - R + 1, columns = W - S + 1;
  for (int i = 1; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      const double gij = g[i * columns + j];
      d.db += gij;
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) {
          d.dw[a * S + c] += gij * x[(i + a) * W + j + c];
          d.dx[(i + a) * W + j + c] += gij * w[a * S + c];
        }
    }
  return d;
}
