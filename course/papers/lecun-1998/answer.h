// What the exercise asks for: the three gradients of a convolution, as {dx, dw, {db}}.
#pragma once
#include <vector>

struct Answer {
  std::vector<std::vector<double>> (*backward)(const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S,
                                               const std::vector<double>& g);
};
#define ANSWER                                                                                                                 \
  {                                                                                                                            \
    [](const std::vector<double>& x, int H, int W, const std::vector<double>& w, int R, int S, const std::vector<double>& g) { \
      const Gradients d = convolution_backward(x, H, W, w, R, S, g);                                                           \
      return std::vector<std::vector<double>>{d.dx, d.dw, {d.db}};                                                             \
    }                                                                                                                          \
  }
