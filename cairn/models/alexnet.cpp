#include <cairn/models/alexnet.h>

#include <cairn/models/registry.h>

namespace cairn {

AlexNet::AlexNet(const AlexNetConfig& c) : avgpool(c.small_images ? 2 : 6) {
  const int64_t w = c.width;
  const auto pool = [&] { return c.small_images ? MaxPool2d(2) : MaxPool2d(3, {.stride = 2}); };
  const auto first = c.small_images ? Conv2d(c.channels, w, 3, {.stride = 2, .padding = 1}) : Conv2d(c.channels, w, 11, {.stride = 4, .padding = 2});
  features = Sequential(first, ReLU(), pool(), Conv2d(w, 3 * w, 5, {.padding = 2}), ReLU(), pool(), Conv2d(3 * w, 6 * w, 3, {.padding = 1}), ReLU(),
                        Conv2d(6 * w, 4 * w, 3, {.padding = 1}), ReLU(), Conv2d(4 * w, 4 * w, 3, {.padding = 1}), ReLU(), pool());
  classifier = Sequential(Dropout(c.dropout), Linear(4 * w * avgpool.size.h * avgpool.size.w, c.hidden), ReLU(), Dropout(c.dropout),
                          Linear(c.hidden, c.hidden), ReLU(), Linear(c.hidden, c.classes));
}

void AlexNet::visit(Visitor& v) {
  v("features", features);
  v("avgpool", avgpool);
  v("classifier", classifier);
}

namespace {

template <AlexNetConfig (*preset)()> std::shared_ptr<Module> make_alexnet(const ModelInput& in) {
  AlexNetConfig c = preset();
  c.classes = in.classes;
  c.channels = in.channels;
  return std::make_shared<AlexNet>(c);
}

}  // namespace

extern const ModelInfo alexnet_model, alexnet_cifar_model;
const ModelInfo alexnet_model = {
    "alexnet", "AlexNet", "Krizhevsky et al. 2012; Krizhevsky 2014", imagenet_input, 61'100'840, "classifier.6", make_alexnet<alexnet>};
const ModelInfo alexnet_cifar_model = {"alexnet_cifar", "AlexNet for 32x32", "the same shape in small",  cifar_input,
                                       4'557'642,       "classifier.6",      make_alexnet<alexnet_cifar>};

}  // namespace cairn
