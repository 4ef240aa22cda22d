// ResNet: He, Zhang, Ren, Sun 2015, "Deep residual learning for image recognition", table 1 and section 4.2.
//   y = relu(F(x) + shortcut(x)),   F: two convolutions 3x3 (basic), or 1x1, 3x3, 1x1 (bottleneck), each with batch norm behind it
//
//   stem imagenet   conv 7x7, stride 2, then a max pool 3x3, stride 2: images 224 x 224
//   stem cifar      conv 3x3: images 32 x 32
//   stages          depths[i] blocks with width 2^i maps (bottleneck: 4 times as many behind the block); all but the first begin with stride 2
//   head            mean over the image, Linear to the classes
// As in torchvision, the stride of a bottleneck lies in its 3x3 convolution ("v1.5").
#pragma once

#include <optional>
#include <vector>

#include <cairn/nn/nn.h>

namespace cairn {

enum class ResNetBlock { basic, bottleneck };
enum class ResNetStem { imagenet, cifar };
// Where a block changes the shape, its shortcut is a 1x1 convolution with batch norm (option B), or every second pixel with zeros for the
// new channels, half of them before and half behind, and no parameters (option A).
enum class ResNetShortcut { projection, zero_padded };

struct ResNetConfig {
  ResNetBlock block = ResNetBlock::basic;
  std::vector<int64_t> depths = {2, 2, 2, 2};
  ResNetStem stem = ResNetStem::imagenet;
  ResNetShortcut shortcut = ResNetShortcut::projection;
  int64_t classes = 1000, channels = 3, width = 64;
};

// Table 1.
inline ResNetConfig resnet18() { return {}; }                                         // 11,689,512 parameters
inline ResNetConfig resnet34() { return {.depths = {3, 4, 6, 3}}; }                   // 21,797,672
inline ResNetConfig resnet50() { return {ResNetBlock::bottleneck, {3, 4, 6, 3}}; }    // 25,557,032
inline ResNetConfig resnet101() { return {ResNetBlock::bottleneck, {3, 4, 23, 3}}; }  // 44,549,160
inline ResNetConfig resnet152() { return {ResNetBlock::bottleneck, {3, 8, 36, 3}}; }  // 60,192,808
// Section 4.2: 6 n + 2 layers for CIFAR, n blocks a stage.
inline ResNetConfig resnet_of_cifar(int64_t n) { return {ResNetBlock::basic, {n, n, n}, ResNetStem::cifar, ResNetShortcut::zero_padded, 10, 3, 16}; }
inline ResNetConfig resnet20() { return resnet_of_cifar(3); }    //    269,722
inline ResNetConfig resnet32() { return resnet_of_cifar(5); }    //    464,154
inline ResNetConfig resnet44() { return resnet_of_cifar(7); }    //    658,586
inline ResNetConfig resnet56() { return resnet_of_cifar(9); }    //    853,018
inline ResNetConfig resnet110() { return resnet_of_cifar(18); }  //  1,727,962
// ResNet-18 of table 1 with CIFAR's stem: four stages, 64 to 512 maps, for 32 x 32.
inline ResNetConfig resnet18_cifar() { return {.stem = ResNetStem::cifar, .classes = 10}; }  // 11,173,962

// Option A: [N, in, H, W] -> [N, out, ceil(H / stride), ceil(W / stride)]. Written as a 1x1 convolution with a fixed matrix of zeros and ones,
// because that stays in the layout that convolutions like; a slice and a padding would leave it.
struct ZeroPaddedShortcut : Layer<ZeroPaddedShortcut> {
  ZeroPaddedShortcut(int64_t in, int64_t out, int64_t stride);
  Tensor forward(const Tensor& x);
  std::string options() const override;
  int64_t in, out, stride;
  Tensor matrix;  // [out, in, 1, 1]; no parameter: it is not trained and not saved
};

// [N, in, H, W] -> [N, out, ceil(H / stride), ceil(W / stride)]
struct BasicBlock : Layer<BasicBlock> {
  BasicBlock(int64_t in, int64_t out, int64_t stride, ResNetShortcut shortcut);
  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override;

  Conv2d conv1;
  BatchNorm2d bn1;  // with ReLU
  Conv2d conv2;
  BatchNorm2d bn2;
  std::optional<Sequential> downsample;  // none: x itself
};
// [N, in, H, W] -> [N, 4 maps, ceil(H / stride), ceil(W / stride)]
struct Bottleneck : Layer<Bottleneck> {
  Bottleneck(int64_t in, int64_t maps, int64_t stride, ResNetShortcut shortcut);
  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override;

  Conv2d conv1;
  BatchNorm2d bn1;  // with ReLU
  Conv2d conv2;
  BatchNorm2d bn2;  // with ReLU
  Conv2d conv3;
  BatchNorm2d bn3;
  std::optional<Sequential> downsample;
};

struct ResNet : Layer<ResNet> {
  explicit ResNet(const ResNetConfig& config);
  Tensor forward(const Tensor& x);  // [N, channels, H, W] -> [N, classes]
  void visit(Visitor& v) override;

  Conv2d conv1;
  BatchNorm2d bn1;  // with ReLU
  std::optional<MaxPool2d> maxpool;
  std::vector<Sequential> layers;  // "layer1", "layer2", ...
  GlobalAvgPool2d avgpool;
  Linear fc;
};

}  // namespace cairn
