// LeNet-5 (cairn/models/lenet.h) on pictures of 28 x 28, batch 64, Adam.
#include <bench/workloads/classify.h>
#include <cairn/models/lenet.h>

namespace cairn {

extern const WorkloadInfo lenet_workload;

namespace {

Workload build_lenet() { return classification<Adam>(std::make_shared<LeNet>(), {.lr = 1e-3}, 64, 200, {1, 28, 28}); }

Tensor lenet_example() { return rand({1, 1, 28, 28}); }

}  // namespace

const WorkloadInfo lenet_workload = {"lenet", "LeNet-5 on 28 x 28, batch 64, Adam", "samples", 1000, 20, build_lenet, lenet_example};

}  // namespace cairn
