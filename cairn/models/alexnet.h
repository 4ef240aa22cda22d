// AlexNet: Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks" (the net of Krizhevsky, Sutskever, Hinton
// 2012 on one machine, without local response normalisation), as torchvision has it; and one of the same shape for images of 32 x 32.
//
//   for 224 x 224   conv 11x11, stride 4, pool 3/2 | conv 5x5, pool 3/2 | three conv 3x3, pool 3/2 | pool to 6 x 6 | Linear 4096, 4096, classes
//   for 32 x 32     conv 3x3, stride 2, pool 2     | conv 5x5, pool 2   | three conv 3x3, pool 2   | pool to 2 x 2 | Linear 1024, 1024, classes
// Maps: width, 3 width, 6 width, 4 width, 4 width. ReLU behind every layer but the last, dropout before the first two Linear.
#pragma once

#include <cairn/nn/nn.h>

namespace cairn {

struct AlexNetConfig {
  bool small_images = false;  // the second line above
  int64_t classes = 1000, channels = 3;
  int64_t width = 64, hidden = 4096;
  double dropout = 0.5;
};
inline AlexNetConfig alexnet() { return {}; }                                                           // 61,100,840 parameters
inline AlexNetConfig alexnet_cifar() { return {.small_images = true, .classes = 10, .hidden = 1024}; }  //  4,557,642

struct AlexNet : Layer<AlexNet> {
  explicit AlexNet(const AlexNetConfig& config = alexnet());
  Tensor forward(const Tensor& x) { return classifier(avgpool(features(x)).flatten(1)); }  // [N, channels, H, W] -> [N, classes]
  void visit(Visitor& v) override;

  Sequential features;
  AdaptiveAvgPool2d avgpool;
  Sequential classifier;
};

}  // namespace cairn
