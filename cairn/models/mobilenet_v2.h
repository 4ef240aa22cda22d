// MobileNetV2: Sandler, Howard, Zhu, Zhmoginov, Chen 2018, "MobileNetV2: inverted residuals and linear bottlenecks", table 2.
//   inverted residual   1x1 to t times the maps, ReLU6 | 3x3 on each map by itself (depthwise), ReLU6 | 1x1 down, no activation
//                       and + x where stride is 1 and the maps stay;  ReLU6(x) = min(max(x, 0), 6);  batch norm behind each convolution
//   conv 3x3, stride 2 | 17 inverted residuals | 1x1 to 1280 maps | mean over the image | dropout | Linear
#pragma once

#include <vector>

#include <cairn/models/weights.h>
#include <cairn/nn/nn.h>

namespace cairn {

struct MobileNetV2Config {
  double width = 1;  // the paper's multiplier of all maps; they are rounded to multiples of 8
  int64_t classes = 1000, channels = 3;
  int64_t last = 1280;  // maps before the classifier; multiplied only by widths above 1
  double dropout = 0.2;
};
inline MobileNetV2Config mobilenet_v2() { return {}; }  // 3,504,872 parameters

struct ReLU6 : Layer<ReLU6> {
  Tensor forward(const Tensor& x);
};

// [N, in, H, W] -> [N, out, ceil(H / stride), ceil(W / stride)]
struct InvertedResidual : Layer<InvertedResidual> {
  InvertedResidual(int64_t in, int64_t out, int64_t stride, int64_t expansion);
  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override { v("conv", conv); }

  bool skip;
  Sequential conv;
};

struct MobileNetV2 : Layer<MobileNetV2>, KnowsOtherNames {
  explicit MobileNetV2(const MobileNetV2Config& config = mobilenet_v2());
  Tensor forward(const Tensor& x) { return classifier(avgpool(features(x))); }  // [N, channels, H, W] -> [N, classes]
  void visit(Visitor& v) override;
  std::string own_name(const std::string& other) const override;  // timm's mobilenetv2_100: conv_stem, blocks.3.1.conv_dw, ...

  Sequential features;
  GlobalAvgPool2d avgpool;
  Sequential classifier;
};

}  // namespace cairn
