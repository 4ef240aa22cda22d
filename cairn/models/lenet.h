// LeNet-5: LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document recognition", figure 2, as it is built today:
// ReLU for tanh, max pooling for trained averages, every map of the second convolution sees all six before it.
//
//   image       [N, 1, 28, 28]
//   conv1 5x5, padding 2, ReLU, pool 2   [N, 6, 14, 14]
//   conv2 5x5, ReLU, pool 2              [N, 16, 5, 5] -> [N, 400]
//   fc1, ReLU; fc2, ReLU; fc3            [N, 120], [N, 84], [N, classes]
#pragma once

#include <cairn/nn/nn.h>

namespace cairn {

struct LeNetConfig {
  int64_t channels = 1, height = 28, width = 28, classes = 10;
};

struct LeNet : Layer<LeNet> {
  explicit LeNet(LeNetConfig config = {});
  Tensor forward(const Tensor& x);  // [N, channels, height, width] -> [N, classes]
  void visit(Visitor& v) override;

  Conv2d conv1, conv2;
  MaxPool2d pool1{2}, pool2{2};
  Linear fc1, fc2, fc3;
};

}  // namespace cairn
