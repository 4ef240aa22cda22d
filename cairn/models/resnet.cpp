#include <cairn/models/resnet.h>

#include <cairn/models/blocks.h>
#include <cairn/models/registry.h>

namespace cairn {

// ---- shortcuts

ZeroPaddedShortcut::ZeroPaddedShortcut(int64_t in, int64_t out, int64_t stride) : in(in), out(out), stride(stride) {
  if (out < in)
    throw ConfigError("[resnet] a zero-padded shortcut cannot go from " + std::to_string(in) + " to " + std::to_string(out) + " channels");
  std::vector<float> values(size_t(out * in), 0.0f);
  for (int64_t c = 0; c < in; c++) values[size_t((c + (out - in) / 2) * in + c)] = 1;
  matrix = from_span<float>(values, {out, in, 1, 1});
}

Tensor ZeroPaddedShortcut::forward(const Tensor& x) { return conv2d(x, matrix.to(x.dtype()), {}, {.stride = stride}); }

std::string ZeroPaddedShortcut::options() const {
  return std::to_string(in) + " -> " + std::to_string(out) + (stride == 1 ? "" : ", stride " + std::to_string(stride));
}

namespace {

std::optional<Sequential> shortcut_of(int64_t in, int64_t out, int64_t stride, ResNetShortcut kind) {
  if (in == out && stride == 1) return std::nullopt;
  if (kind == ResNetShortcut::zero_padded) return Sequential(ZeroPaddedShortcut(in, out, stride));
  return Sequential(Conv2d(in, out, 1, {.stride = stride, .bias = false}), BatchNorm2d(out));
}

Conv2d conv3x3(int64_t in, int64_t out, int64_t stride = 1) { return Conv2d(in, out, 3, {.stride = stride, .padding = 1, .bias = false}); }
Conv2d conv1x1(int64_t in, int64_t out) { return Conv2d(in, out, 1, {.bias = false}); }

}  // namespace

// ---- blocks

BasicBlock::BasicBlock(int64_t in, int64_t out, int64_t stride, ResNetShortcut shortcut)
    : conv1(conv3x3(in, out, stride)),
      bn1(out, {.relu = true}),
      conv2(conv3x3(out, out)),
      bn2(out),
      downsample(shortcut_of(in, out, stride, shortcut)) {}

Tensor BasicBlock::forward(const Tensor& x) {
  const Tensor y = bn2(conv2(bn1(conv1(x))));
  return relu(y + (downsample ? (*downsample)(x) : x));
}

void BasicBlock::visit(Visitor& v) {
  v("conv1", conv1);
  v("bn1", bn1);
  v("conv2", conv2);
  v("bn2", bn2);
  v("downsample", downsample);
}

Bottleneck::Bottleneck(int64_t in, int64_t maps, int64_t stride, ResNetShortcut shortcut)
    : conv1(conv1x1(in, maps)),
      bn1(maps, {.relu = true}),
      conv2(conv3x3(maps, maps, stride)),
      bn2(maps, {.relu = true}),
      conv3(conv1x1(maps, 4 * maps)),
      bn3(4 * maps),
      downsample(shortcut_of(in, 4 * maps, stride, shortcut)) {}

Tensor Bottleneck::forward(const Tensor& x) {
  const Tensor y = bn3(conv3(bn2(conv2(bn1(conv1(x))))));
  return relu(y + (downsample ? (*downsample)(x) : x));
}

void Bottleneck::visit(Visitor& v) {
  v("conv1", conv1);
  v("bn1", bn1);
  v("conv2", conv2);
  v("bn2", bn2);
  v("conv3", conv3);
  v("bn3", bn3);
  v("downsample", downsample);
}

// ---- the net

namespace {

Conv2d stem_of(const ResNetConfig& c) {
  if (c.depths.empty() || c.width < 1) throw ConfigError("[resnet] at least one stage and one map are needed");
  if (c.stem == ResNetStem::cifar) return conv3x3(c.channels, c.width);
  return Conv2d(c.channels, c.width, 7, {.stride = 2, .padding = 3, .bias = false});
}

int64_t maps_behind(const ResNetConfig& c) { return (c.width << (c.depths.size() - 1)) * (c.block == ResNetBlock::bottleneck ? 4 : 1); }

}  // namespace

ResNet::ResNet(const ResNetConfig& c) : conv1(stem_of(c)), bn1(c.width, {.relu = true}), fc(maps_behind(c), c.classes) {
  if (c.stem == ResNetStem::imagenet) maxpool = MaxPool2d(3, {.stride = 2, .padding = 1});
  int64_t in = c.width;
  for (size_t stage = 0; stage < c.depths.size(); stage++) {
    Sequential blocks;
    const int64_t maps = c.width << stage;
    for (int64_t i = 0; i < c.depths[stage]; i++) {
      const int64_t stride = stage > 0 && i == 0 ? 2 : 1;
      if (c.block == ResNetBlock::basic) blocks.push_back(BasicBlock(in, maps, stride, c.shortcut));
      else blocks.push_back(Bottleneck(in, maps, stride, c.shortcut));
      in = c.block == ResNetBlock::basic ? maps : 4 * maps;
    }
    layers.push_back(std::move(blocks));
  }
  kaiming_convolutions(*this);
}

Tensor ResNet::forward(const Tensor& x) {
  Tensor y = bn1(conv1(x));
  if (maxpool) y = (*maxpool)(y);
  for (Sequential& layer : layers) y = layer(y);
  return fc(avgpool(y));
}

void ResNet::visit(Visitor& v) {
  v("conv1", conv1);
  v("bn1", bn1);
  v("maxpool", maxpool);
  for (size_t i = 0; i < layers.size(); i++) v("layer" + std::to_string(i + 1), layers[i]);
  v("avgpool", avgpool);
  v("fc", fc);
}

// ---- presets

namespace {

template <ResNetConfig (*preset)()> std::shared_ptr<Module> make_resnet(const ModelInput& in) {
  ResNetConfig c = preset();
  c.classes = in.classes;
  c.channels = in.channels;
  return std::make_shared<ResNet>(c);
}

constexpr const char* he_table = "He et al. 2015, table 1";
constexpr const char* he_section = "He et al. 2015, section 4.2";

}  // namespace

extern const ModelInfo resnet18_model, resnet34_model, resnet50_model, resnet101_model, resnet152_model, resnet18_cifar_model, resnet20_model,
    resnet32_model, resnet44_model, resnet56_model, resnet110_model;
const ModelInfo resnet18_model = {"resnet18", "ResNet-18", he_table, imagenet_input, 11'689'512, "fc", make_resnet<resnet18>};
const ModelInfo resnet34_model = {"resnet34", "ResNet-34", he_table, imagenet_input, 21'797'672, "fc", make_resnet<resnet34>};
const ModelInfo resnet50_model = {"resnet50", "ResNet-50", he_table, imagenet_input, 25'557'032, "fc", make_resnet<resnet50>};
const ModelInfo resnet101_model = {"resnet101", "ResNet-101", he_table, imagenet_input, 44'549'160, "fc", make_resnet<resnet101>};
const ModelInfo resnet152_model = {"resnet152", "ResNet-152", he_table, imagenet_input, 60'192'808, "fc", make_resnet<resnet152>};
const ModelInfo resnet18_cifar_model = {
    "resnet18_cifar", "ResNet-18 for 32x32", "table 1 behind CIFAR's stem", cifar_input, 11'173'962, "fc", make_resnet<resnet18_cifar>};
const ModelInfo resnet20_model = {"resnet20", "ResNet-20 for 32x32", he_section, cifar_input, 269'722, "fc", make_resnet<resnet20>};
const ModelInfo resnet32_model = {"resnet32", "ResNet-32 for 32x32", he_section, cifar_input, 464'154, "fc", make_resnet<resnet32>};
const ModelInfo resnet44_model = {"resnet44", "ResNet-44 for 32x32", he_section, cifar_input, 658'586, "fc", make_resnet<resnet44>};
const ModelInfo resnet56_model = {"resnet56", "ResNet-56 for 32x32", he_section, cifar_input, 853'018, "fc", make_resnet<resnet56>};
const ModelInfo resnet110_model = {"resnet110", "ResNet-110 for 32x32", he_section, cifar_input, 1'727'962, "fc", make_resnet<resnet110>};

}  // namespace cairn
