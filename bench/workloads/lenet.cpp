// LeNet-5 (LeCun et al. 1998, with ReLU and max pooling as it is taught today) on pictures of 28 x 28, batch 64, Adam.
#include <bench/workloads/classify.h>

namespace cairn {

extern const WorkloadInfo lenet_workload;

namespace {

Workload build() {
  auto model = std::make_shared<Sequential>(Conv2d(1, 6, 5, {.padding = 2}), ReLU(), MaxPool2d(2), Conv2d(6, 16, 5), ReLU(), MaxPool2d(2), Flatten(),
                                            Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10));
  return classification<Adam>(model, {.lr = 1e-3}, 64, 200, {1, 28, 28});
}

Tensor example() { return rand({1, 1, 28, 28}); }

}  // namespace

const WorkloadInfo lenet_workload = {"lenet", "LeNet-5 on 28 x 28, batch 64, Adam", "samples", 1000, 20, build, example};

}  // namespace cairn
