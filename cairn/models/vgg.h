// VGG: Simonyan, Zisserman 2014, "Very deep convolutional networks for large-scale image recognition", table 1 (configurations A, B, D, E),
// with batch norm (Ioffe, Szegedy 2015) behind every convolution or without, as torchvision has them; and for images of 32 x 32.
//
//   five stages of conv 3x3 + ReLU with width, 2, 4, 8, 8 width maps, a pool of 2 behind each
//   for 224 x 224   pool to 7 x 7, Linear 4096, Linear 4096, Linear classes; dropout behind the first two
//   for 32 x 32     what is left is one pixel: one Linear to the classes
#pragma once

#include <vector>

#include <cairn/models/weights.h>
#include <cairn/nn/nn.h>

namespace cairn {

struct VGGConfig {
  std::vector<int64_t> depths;  // convolutions in each stage
  bool batch_norm = false;
  bool small_images = false;
  int64_t classes = 1000, channels = 3;
  int64_t width = 64, hidden = 4096;
  double dropout = 0.5;
};
inline VGGConfig vgg11() { return {{1, 1, 2, 2, 2}}; }  // 132,863,336 parameters
inline VGGConfig vgg13() { return {{2, 2, 2, 2, 2}}; }  // 133,047,848
inline VGGConfig vgg16() { return {{2, 2, 3, 3, 3}}; }  // 138,357,544
inline VGGConfig vgg19() { return {{2, 2, 4, 4, 4}}; }  // 143,667,240
inline VGGConfig with_batch_norm(VGGConfig c) {
  c.batch_norm = true;
  return c;
}
// For CIFAR: with batch norm, ten classes.
inline VGGConfig for_small_images(VGGConfig c) {
  c.batch_norm = c.small_images = true;
  c.classes = 10;
  return c;
}

struct VGG : Layer<VGG>, KnowsOtherNames {
  explicit VGG(const VGGConfig& config);
  Tensor forward(const Tensor& x) { return classifier(avgpool(features(x)).flatten(1)); }  // [N, channels, H, W] -> [N, classes]
  void visit(Visitor& v) override;
  std::string own_name(const std::string& other) const override;  // timm's pre_logits and head are our classifier

  Sequential features;
  AdaptiveAvgPool2d avgpool;
  Sequential classifier;
};

}  // namespace cairn
