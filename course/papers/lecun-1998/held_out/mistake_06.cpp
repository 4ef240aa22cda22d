// slip: db is summed up from the whole number 0, so fractions are cut off at each step
// shows: g = (0.5, 0.5) gives db = 0 instead of 1
// named: mutants/whole_db.cpp
#include <cstddef>
#include <numeric>
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  const int rows = H - R + 1, cols = W - S + 1;
  Gradients out{std::vector<double>(x.size()), std::vector<double>(w.size()), std::accumulate(g.begin(), g.end(), 0) * 1.0};
  for (int n = 0; n < rows * cols; n++) {
    const int i = n / cols, j = n % cols;
    for (int t = 0; t < R * S; t++) {
      const std::size_t at = std::size_t((i + t / S) * W + j + t % S);
      out.dw[std::size_t(t)] += g[std::size_t(n)] * x[at];
      out.dx[at] += g[std::size_t(n)] * w[std::size_t(t)];
    }
  }
  return out;
}
