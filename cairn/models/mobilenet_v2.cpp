#include <cairn/models/mobilenet_v2.h>

#include <algorithm>

#include <cairn/base/text.h>
#include <cairn/models/blocks.h>
#include <cairn/models/registry.h>

namespace cairn {

Tensor ReLU6::forward(const Tensor& x) { return clamp(x, 0, 6); }

namespace {

// Table 2: expansion t, maps c, repeated n times, stride s of the first.
struct Row {
  int64_t t, c, n, s;
};
constexpr Row table[] = {{1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}};

// The nearest multiple of 8 that is not below 90 %.
int64_t in_eights(double maps) {
  const int64_t rounded = std::max<int64_t>(8, int64_t(maps + 4) / 8 * 8);
  return double(rounded) < 0.9 * maps ? rounded + 8 : rounded;
}

Sequential conv_bn_relu6(int64_t in, int64_t out, int64_t kernel, int64_t stride = 1, int64_t groups = 1) {
  return Sequential(Conv2d(in, out, kernel, {.stride = stride, .padding = (kernel - 1) / 2, .groups = groups, .bias = false}), BatchNorm2d(out),
                    ReLU6());
}

}  // namespace

InvertedResidual::InvertedResidual(int64_t in, int64_t out, int64_t stride, int64_t expansion) : skip(stride == 1 && in == out) {
  const int64_t maps = in * expansion;
  if (expansion != 1) conv.push_back(conv_bn_relu6(in, maps, 1));
  conv.push_back(conv_bn_relu6(maps, maps, 3, stride, maps)).push_back(Conv2d(maps, out, 1, {.bias = false})).push_back(BatchNorm2d(out));
}

Tensor InvertedResidual::forward(const Tensor& x) {
  const Tensor y = conv(x);
  return skip ? x + y : y;
}

MobileNetV2::MobileNetV2(const MobileNetV2Config& c) {
  int64_t in = in_eights(32 * c.width);
  const int64_t last = in_eights(double(c.last) * std::max(1.0, c.width));
  features.push_back(conv_bn_relu6(c.channels, in, 3, 2));
  for (const Row& row : table)
    for (int64_t i = 0; i < row.n; i++) {
      const int64_t out = in_eights(double(row.c) * c.width);
      features.push_back(InvertedResidual(in, out, i == 0 ? row.s : 1, row.t));
      in = out;
    }
  features.push_back(conv_bn_relu6(in, last, 1));
  classifier = Sequential(Dropout(c.dropout), Linear(last, c.classes));
  kaiming_convolutions(*this);
  normal_linears(*this, 0.01);
}

void MobileNetV2::visit(Visitor& v) {
  v("features", features);
  v("avgpool", avgpool);
  v("classifier", classifier);
}

// timm counts stages and blocks: blocks.S.B is our features[1 + blocks before]. Its layers, in the order of a block:
//   blocks.0.0   conv_dw bn1 | conv_pw bn2                       ours  conv.0.0 conv.0.1 | conv.1 conv.2
//   others       conv_pw bn1 | conv_dw bn2 | conv_pwl bn3        ours  conv.0.0 conv.0.1 | conv.1.0 conv.1.1 | conv.2 conv.3
std::string MobileNetV2::own_name(const std::string& other) const {
  if (!other.starts_with("blocks."))
    return renamed(other, {{"conv_stem.", "features.0.0."},
                           {"bn1.", "features.0.1."},
                           {"conv_head.", "features.18.0."},
                           {"bn2.", "features.18.1."},
                           {"classifier.weight", "classifier.1.weight"},
                           {"classifier.bias", "classifier.1.bias"}});
  const std::vector<std::string> part = split(other, '.');  // "blocks", S, B, layer, tensor
  int64_t stage = 0, block = 0;
  if (part.size() != 5 || !parse_int(part[1], stage) || !parse_int(part[2], block) || stage < 0 || stage >= int64_t(std::size(table))) return other;
  for (int64_t s = 0; s < stage; s++) block += table[s].n;
  const std::string at = "features." + std::to_string(block + 1) + ".conv.", layer = part[3] + ".";
  const std::string place =
      stage == 0
          ? renamed(layer, {{"conv_dw.", "0.0."}, {"bn1.", "0.1."}, {"conv_pw.", "1."}, {"bn2.", "2."}})
          : renamed(layer, {{"conv_pwl.", "2."}, {"conv_pw.", "0.0."}, {"bn1.", "0.1."}, {"conv_dw.", "1.0."}, {"bn2.", "1.1."}, {"bn3.", "3."}});
  return at + place + part[4];
}

extern const ModelInfo mobilenet_v2_model;
const ModelInfo mobilenet_v2_model = {"mobilenet_v2",
                                      "MobileNetV2",
                                      "Sandler et al. 2018, table 2",
                                      imagenet_input,
                                      3'504'872,
                                      "classifier.1",
                                      [](const ModelInput& in) -> std::shared_ptr<Module> {
                                        return std::make_shared<MobileNetV2>(MobileNetV2Config{.classes = in.classes, .channels = in.channels});
                                      }};

}  // namespace cairn
