// The convolutional network that tutorials train on MNIST (cairn/models/cnn.h): batch 64, Adam.
#include <bench/workloads/classify.h>
#include <cairn/models/cnn.h>

namespace cairn {

extern const WorkloadInfo cnn_workload;

namespace {

Workload build_cnn() { return classification<Adam>(std::make_shared<Sequential>(mnist_cnn()), {.lr = 1e-3}, 64, 50, {1, 28, 28}); }

Tensor cnn_example() { return rand({1, 1, 28, 28}); }

}  // namespace

const WorkloadInfo cnn_workload = {"cnn", "two convolutions of 3 x 3 on 28 x 28, batch 64, Adam", "samples", 120, 5, build_cnn, cnn_example};

}  // namespace cairn
