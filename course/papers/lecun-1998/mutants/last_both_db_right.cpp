// slip: the last row and the last column of g are left out
// why: db is right, but dw and dx want all of g, too: i runs to H - R and j to W - S, those places included.
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  Gradients d{std::vector<double>(x.size(), 0.0), std::vector<double>(w.size(), 0.0), 0.0};
  const int rows = H - R + 1, columns = W - S + 1;
  for (int i = 0; i < rows - 1; i++)
    for (int j = 0; j < columns - 1; j++) {
      const double gij = g[i * columns + j];
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) {
          d.dw[a * S + c] += gij * x[(i + a) * W + j + c];
          d.dx[(i + a) * W + j + c] += gij * w[a * S + c];
        }
    }
  for (const double v : g) d.db += v;
  return d;
}
