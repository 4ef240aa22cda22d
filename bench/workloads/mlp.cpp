// The first network everybody trains: 784-128-10 with dropout on pictures of 28 x 28, batch 64, Adam. Random data: only speed is asked.
#include <bench/workloads/classify.h>

namespace cairn {

extern const WorkloadInfo mlp_workload;

namespace {

Workload build_mlp() {
  auto model = std::make_shared<Sequential>(Flatten(), Linear(784, 128), ReLU(), Dropout(0.2), Linear(128, 10));
  return classification<Adam>(model, {.lr = 1e-3}, 64, 200, {1, 28, 28});
}

Tensor mlp_example() { return rand({1, 1, 28, 28}); }

}  // namespace

const WorkloadInfo mlp_workload = {"mlp", "784-128-10 with dropout, batch 64, Adam", "samples", 4000, 50, build_mlp, mlp_example};

}  // namespace cairn
