// slip: db counts the places and forgets the factor g
// shows: g = (2, 3) gives db = 2 instead of 5
// named: mutants/db_counts.cpp
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  const int OH = H - R + 1, OW = W - S + 1;
  Gradients out{std::vector<double>(x.size(), 0.0), std::vector<double>(w.size(), 0.0), 0.0};
  for (int i = 0; i < OH; i++)
    for (int j = 0; j < OW; j++) {
      out.db += 1;  // b stands in every y once
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) {
          out.dw[a * S + c] += x[(i + a) * W + j + c] * g[i * OW + j];
          out.dx[(i + a) * W + j + c] += w[a * S + c] * g[i * OW + j];
        }
    }
  return out;
}
