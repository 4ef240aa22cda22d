#include <cairn/models/vgg.h>

#include <cairn/models/blocks.h>
#include <cairn/models/registry.h>

namespace cairn {

VGG::VGG(const VGGConfig& c) : avgpool(c.small_images ? 1 : 7) {
  int64_t in = c.channels;
  for (size_t stage = 0; stage < c.depths.size(); stage++) {
    const int64_t maps = c.width << std::min<size_t>(stage, 3);
    for (int64_t i = 0; i < c.depths[stage]; i++) {
      features.push_back(Conv2d(in, maps, 3, {.padding = 1}));
      if (c.batch_norm) features.push_back(BatchNorm2d(maps, {.relu = true})).push_back(FusedReLU());
      else features.push_back(ReLU());
      in = maps;
    }
    features.push_back(MaxPool2d(2));
  }
  if (c.small_images) classifier = Sequential(Linear(in, c.classes));
  else
    classifier = Sequential(Linear(in * 49, c.hidden), ReLU(), Dropout(c.dropout), Linear(c.hidden, c.hidden), ReLU(), Dropout(c.dropout),
                            Linear(c.hidden, c.classes));
  kaiming_convolutions(*this);
  normal_linears(*this, 0.01);
}

void VGG::visit(Visitor& v) {
  v("features", features);
  v("avgpool", avgpool);
  v("classifier", classifier);
}

// timm writes the Linear layers as convolutions: pre_logits.fc1 with kernel 7x7, pre_logits.fc2 with 1x1, then head.fc.
std::string VGG::own_name(const std::string& other) const {
  return renamed(other, {{"pre_logits.fc1.", "classifier.0."}, {"pre_logits.fc2.", "classifier.3."}, {"head.fc.", "classifier.6."}});
}

namespace {

template <VGGConfig (*preset)(), bool batch_norm = false, bool small_images = false> std::shared_ptr<Module> make_vgg(const ModelInput& in) {
  VGGConfig c = preset();
  if (small_images) c = for_small_images(c);
  c.batch_norm |= batch_norm;
  c.classes = in.classes;
  c.channels = in.channels;
  return std::make_shared<VGG>(c);
}

constexpr const char* of_a = "Simonyan, Zisserman 2014, table 1, A";
constexpr const char* of_b = "Simonyan, Zisserman 2014, table 1, B";
constexpr const char* of_d = "Simonyan, Zisserman 2014, table 1, D";
constexpr const char* of_e = "Simonyan, Zisserman 2014, table 1, E";

}  // namespace

extern const ModelInfo vgg11_model, vgg13_model, vgg16_model, vgg19_model, vgg11_bn_model, vgg13_bn_model, vgg16_bn_model, vgg19_bn_model,
    vgg11_cifar_model, vgg13_cifar_model, vgg16_cifar_model, vgg19_cifar_model;
const ModelInfo vgg11_model = {"vgg11", "VGG-11", of_a, imagenet_input, 132'863'336, "classifier.6", make_vgg<vgg11>};
const ModelInfo vgg13_model = {"vgg13", "VGG-13", of_b, imagenet_input, 133'047'848, "classifier.6", make_vgg<vgg13>};
const ModelInfo vgg16_model = {"vgg16", "VGG-16", of_d, imagenet_input, 138'357'544, "classifier.6", make_vgg<vgg16>};
const ModelInfo vgg19_model = {"vgg19", "VGG-19", of_e, imagenet_input, 143'667'240, "classifier.6", make_vgg<vgg19>};
const ModelInfo vgg11_bn_model = {"vgg11_bn", "VGG-11 with batch norm", of_a, imagenet_input, 132'868'840, "classifier.6", make_vgg<vgg11, true>};
const ModelInfo vgg13_bn_model = {"vgg13_bn", "VGG-13 with batch norm", of_b, imagenet_input, 133'053'736, "classifier.6", make_vgg<vgg13, true>};
const ModelInfo vgg16_bn_model = {"vgg16_bn", "VGG-16 with batch norm", of_d, imagenet_input, 138'365'992, "classifier.6", make_vgg<vgg16, true>};
const ModelInfo vgg19_bn_model = {"vgg19_bn", "VGG-19 with batch norm", of_e, imagenet_input, 143'678'248, "classifier.6", make_vgg<vgg19, true>};
const ModelInfo vgg11_cifar_model = {"vgg11_cifar",  "VGG-11 for 32x32, batch norm", of_a, cifar_input, 9'231'114,
                                     "classifier.0", make_vgg<vgg11, true, true>};
const ModelInfo vgg13_cifar_model = {"vgg13_cifar",  "VGG-13 for 32x32, batch norm", of_b, cifar_input, 9'416'010,
                                     "classifier.0", make_vgg<vgg13, true, true>};
const ModelInfo vgg16_cifar_model = {"vgg16_cifar",  "VGG-16 for 32x32, batch norm", of_d, cifar_input, 14'728'266,
                                     "classifier.0", make_vgg<vgg16, true, true>};
const ModelInfo vgg19_cifar_model = {"vgg19_cifar",  "VGG-19 for 32x32, batch norm", of_e, cifar_input, 20'040'522,
                                     "classifier.0", make_vgg<vgg19, true, true>};

}  // namespace cairn
