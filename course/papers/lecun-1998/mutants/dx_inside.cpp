// slip: dx stays 0 at the margin
// why: A pixel at the margin is seen by fewer places, but it is seen: every place (i, j) of g sends a share to every pixel under its filter.
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  Gradients d{std::vector<double>(x.size(), 0.0), std::vector<double>(w.size(), 0.0), 0.0};
  const int rows = H - R + 1, columns = W - S + 1;
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      const double gij = g[i * columns + j];
      d.db += gij;
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) {
          d.dw[a * S + c] += gij * x[(i + a) * W + j + c];
          const int p = i + a, q = j + c;
          if (p >= R - 1 && p < rows && q >= S - 1 && q < columns) d.dx[p * W + q] += gij * w[a * S + c];
        }
    }
  return d;
}
