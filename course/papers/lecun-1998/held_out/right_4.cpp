// right
#include <cstddef>
#include <vector>

struct Gradients {
  std::vector<double> dx, dw;  // like x and w
  double db = 0;
};

// Every place (i, j) of the result hands its g back along the way it was computed: to b, to each weight, to each pixel.
Gradients convolution_backward(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) {
  Gradients out{std::vector<double>(x.size(), 0.0), std::vector<double>(w.size(), 0.0), 0.0};
  const int rows = H - R + 1, columns = W - S + 1;
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      const double here = g[size_t(i * columns + j)];
      out.db += here;
      for (int a = 0; a < R; a++)
        for (int c = 0; c < S; c++) {
          const size_t pixel = size_t((i + a) * W + j + c), weight = size_t(a * S + c);
          out.dw[weight] += here * x[pixel];
          out.dx[pixel] += here * w[weight];
        }
    }
  return out;
}
