// The convolutional network that tutorials train on MNIST: 32 and 64 filters of 3 x 3, pooling, 128 hidden units; batch 64, Adam.
#include <bench/workloads/classify.h>

namespace cairn {

extern const WorkloadInfo cnn_workload;

namespace {

Workload build() {
  auto model = std::make_shared<Sequential>(Conv2d(1, 32, 3), ReLU(), Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), Dropout(0.25), Flatten(),
                                            Linear(9216, 128), ReLU(), Dropout(0.5), Linear(128, 10));
  return classification<Adam>(model, {.lr = 1e-3}, 64, 50, {1, 28, 28});
}

Tensor example() { return rand({1, 1, 28, 28}); }

}  // namespace

const WorkloadInfo cnn_workload = {"cnn", "two convolutions of 3 x 3 on 28 x 28, batch 64, Adam", "samples", 120, 5, build, example};

}  // namespace cairn
