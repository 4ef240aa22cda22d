#include <cairn/models/lenet.h>

#include <cairn/models/blocks.h>
#include <cairn/models/registry.h>

namespace cairn {

namespace {

int64_t side(int64_t size) { return size_after(size_after(size_after(size_after(size, 5, 1, 2), 2, 2), 5), 2, 2); }

}  // namespace

LeNet::LeNet(LeNetConfig c)
    : conv1(c.channels, 6, 5, {.padding = 2}), conv2(6, 16, 5), fc1(16 * side(c.height) * side(c.width), 120), fc2(120, 84), fc3(84, c.classes) {}

Tensor LeNet::forward(const Tensor& x) {
  Tensor y = pool1(relu(conv1(x)));
  y = pool2(relu(conv2(y))).flatten(1);
  return fc3(relu(fc2(relu(fc1(y)))));
}

void LeNet::visit(Visitor& v) {
  v("conv1", conv1);
  v("pool1", pool1);
  v("conv2", conv2);
  v("pool2", pool2);
  v("fc1", fc1);
  v("fc2", fc2);
  v("fc3", fc3);
}

extern const ModelInfo lenet_model;
const ModelInfo lenet_model = {
    "lenet", "LeNet-5", "LeCun et al. 1998, figure 2", mnist_input, 61'706, "fc3", [](const ModelInput& in) -> std::shared_ptr<Module> {
      return std::make_shared<LeNet>(LeNetConfig{in.channels, in.height, in.width, in.classes});
    }};

}  // namespace cairn
