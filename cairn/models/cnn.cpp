#include <cairn/models/cnn.h>

#include <cairn/models/blocks.h>
#include <cairn/models/registry.h>

namespace cairn {

Sequential convnet(const CnnConfig& c) {
  const auto side = [](int64_t n) { return size_after(size_after(size_after(size_after(n, 3), 2, 2), 3), 2, 2); };
  auto net = Sequential(Conv2d(c.channels, 32, 3), ReLU(), MaxPool2d(2), Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), Flatten(), Dropout(0.5),
                        Linear(64 * side(c.height) * side(c.width), c.classes));
  glorot_everything(net);
  return net;
}

Sequential mnist_cnn(const CnnConfig& c) {
  const auto side = [](int64_t n) { return size_after(size_after(size_after(n, 3), 3), 2, 2); };
  return Sequential(Conv2d(c.channels, 32, 3), ReLU(), Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), Dropout(0.25), Flatten(),
                    Linear(64 * side(c.height) * side(c.width), 128), ReLU(), Dropout(0.5), Linear(128, c.classes));
}

Sequential cifar_cnn(const CnnConfig& c) {
  const auto half = [](int64_t n) { return size_after(size_after(n, 3), 2, 2); };  // one convolution with a border of zeros, one without; a pool
  auto net = Sequential(Conv2d(c.channels, 32, 3, {.padding = 1}), ReLU(), Conv2d(32, 32, 3), ReLU(), MaxPool2d(2), Dropout(0.25),
                        Conv2d(32, 64, 3, {.padding = 1}), ReLU(), Conv2d(64, 64, 3), ReLU(), MaxPool2d(2), Dropout(0.25), Flatten(),
                        Linear(64 * half(half(c.height)) * half(half(c.width)), 512), ReLU(), Dropout(0.5), Linear(512, c.classes));
  glorot_everything(net);
  return net;
}

namespace {

template <Sequential (*net)(const CnnConfig&)> std::shared_ptr<Module> make_cnn(const ModelInput& in) {
  return std::make_shared<Sequential>(net({in.channels, in.height, in.width, in.classes}));
}

}  // namespace

extern const ModelInfo convnet_model, cnn_model, cifar_cnn_model;
const ModelInfo convnet_model = {"convnet", "small convnet", "keras.io, \"Simple MNIST convnet\"", mnist_input, 34'826, "8", make_cnn<convnet>};
const ModelInfo cnn_model = {"cnn", "MNIST CNN", "pytorch/examples, \"mnist\"", mnist_input, 1'199'882, "10", make_cnn<mnist_cnn>};
const ModelInfo cifar_cnn_model = {"cifar_cnn", "small CNN for CIFAR", "Keras, \"cifar10_cnn\"", cifar_input, 1'250'858, "16", make_cnn<cifar_cnn>};

}  // namespace cairn
