// slip: db is added up inside the loops over the weights, once for each of them
// shows: w of 2 x 2 numbers, g = {1}: db is 4 instead of 1
// named: mutants/db_of_weights.cpp
#include <cstddef>
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  std::vector<double> dx(x.size(), 0.0), dw(w.size(), 0.0);
  double db = 0;
  const int outW = W - S + 1;
  const int outH = H - R + 1;
  for (int a = 0; a < R; ++a) {
    for (int c = 0; c < S; ++c) {
      for (int i = 0; i < outH; ++i) {
        for (int j = 0; j < outW; ++j) {
          double gij = g[i * outW + j];
          dw[a * S + c] += gij * x[(i + a) * W + (j + c)];
          dx[(i + a) * W + (j + c)] += gij * w[a * S + c];
          db += gij;
        }
      }
    }
  }
  return {dx, dw, db};
}
