// ResNet-18 as it is trained on CIFAR-10 (He et al. 2015; the first convolution 3 x 3, no pooling after it): 32 x 32, batch 128, SGD. Not
// the one of cairn/models, which starts from the paper's initial values: with PyTorch's, losses compare, too.
#include <bench/workloads/classify.h>

namespace cairn {

extern const WorkloadInfo resnet18_workload;

namespace {

struct Block : Layer<Block> {
  Block(int64_t in, int64_t out, int64_t stride)
      : c1(in, out, 3, {.stride = stride, .padding = 1, .bias = false}),
        b1(out, {.relu = true}),
        c2(out, out, 3, {.padding = 1, .bias = false}),
        b2(out) {
    if (stride == 1 && in == out) return;
    shortcut.emplace(in, out, 1, Conv2d::Options{.stride = stride, .bias = false});
    shortcut_norm.emplace(out);
  }
  Tensor forward(const Tensor& x) {
    const Tensor y = b2(c2(b1(c1(x))));
    return relu(y + (shortcut ? (*shortcut_norm)((*shortcut)(x)) : x));
  }
  void visit(Visitor& v) override {
    v("c1", c1), v("b1", b1), v("c2", c2), v("b2", b2);
    v("shortcut", shortcut), v("shortcut_norm", shortcut_norm);
  }
  Conv2d c1;
  BatchNorm2d b1;
  Conv2d c2;
  BatchNorm2d b2;
  std::optional<Conv2d> shortcut;
  std::optional<BatchNorm2d> shortcut_norm;
};

Workload build_resnet18() {
  auto model = std::make_shared<Sequential>(Conv2d(3, 64, 3, {.padding = 1, .bias = false}), BatchNorm2d(64, {.relu = true}));
  int64_t in = 64;
  for (auto [out, stride] : {std::pair<int64_t, int64_t>{64, 1}, {128, 2}, {256, 2}, {512, 2}}) {
    model->push_back(Block(in, out, stride)).push_back(Block(out, out, 1));
    in = out;
  }
  model->push_back(GlobalAvgPool2d()).push_back(Linear(512, 10));
  return classification<SGD>(model, {.lr = 0.1, .momentum = 0.9, .weight_decay = 5e-4}, 128, 4, {3, 32, 32});
}

Tensor resnet18_example() { return rand({1, 3, 32, 32}); }

}  // namespace

const WorkloadInfo resnet18_workload = {"resnet18",      "ResNet-18 on 32 x 32, batch 128, SGD with momentum", "samples", 5, 2, build_resnet18,
                                        resnet18_example};

}  // namespace cairn
