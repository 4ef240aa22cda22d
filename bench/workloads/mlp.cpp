// The first network everybody trains: 784-128-10 with dropout on pictures of 28 x 28, batch 64, Adam. Random data: only speed is asked.
#include <bench/workloads.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>

namespace cairn {

extern const WorkloadInfo mlp_workload;

namespace {

constexpr int64_t batch = 64, batches = 200;

struct Training {
  std::shared_ptr<Sequential> model = std::make_shared<Sequential>(Flatten(), Linear(784, 128), ReLU(), Dropout(0.2), Linear(128, 10));
  Adam optimizer{model->parameters(), {.lr = 1e-3}};
  Tensor x = rand({batch * batches, 1, 28, 28}), y = randint(0, 10, {batch * batches});

  Tensor step(int64_t i) {
    const int64_t from = i % batches * batch;
    const Slice rows{from, from + batch};
    optimizer.zero_grad();
    Tensor loss = cross_entropy((*model)(x.slice(0, rows)), y.slice(0, rows));
    loss.backward();
    optimizer.step();
    return loss;
  }
};

Workload build() {
  auto training = std::make_shared<Training>();
  return {training->model, [training](int64_t i) { return training->step(i); }, batch};
}

Tensor example() { return rand({1, 1, 28, 28}); }

}  // namespace

const WorkloadInfo mlp_workload = {"mlp", "784-128-10 with dropout, batch 64, Adam", "samples", 4000, 50, build, example};

}  // namespace cairn
