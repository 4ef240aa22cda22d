// The backward pass of a convolution with one map: what every shared weight owes.
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

// Forward: y[i][j] = b + the sum over a, c of w[a][c] * x[i + a][j + c], no padding, stride 1.
// x: the picture, H rows of W numbers (the capital W is its width), row by row, so x[i][j] is x[i * W + j].
// w: the weights, R rows of S numbers, so w[a][c] is w[a * S + c]. R <= H, S <= W.
// g: dL/dy, H - R + 1 rows of W - S + 1 numbers, so g[i][j] is g[i * (W - S + 1) + j].
Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  (void)H, (void)W, (void)R, (void)S, (void)g;  // write your lines in place of these
  return {std::vector<double>(x.size(), 0.0), std::vector<double>(w.size(), 0.0), 0.0};
}
