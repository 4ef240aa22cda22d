// What the workloads that classify pictures share: random pictures in memory, cross-entropy, one optimiser.
#pragma once

#include <bench/workloads.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>

namespace cairn {

template <class Model, class Optimizer> struct Classification {
  std::shared_ptr<Model> model;
  Optimizer optimizer;
  int64_t batch, batches;
  Tensor x, y;

  // `picture`: [C, H, W]; ten classes.
  Classification(std::shared_ptr<Model> m, typename Optimizer::Options options, int64_t batch, int64_t batches, const Shape& picture)
      : model(std::move(m)),
        optimizer(model->parameters(), options),
        batch(batch),
        batches(batches),
        x(rand({batch * batches, picture[0], picture[1], picture[2]})),
        y(randint(0, 10, {batch * batches})) {}

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

template <class Optimizer, class Model>
Workload classification(std::shared_ptr<Model> model, typename Optimizer::Options options, int64_t batch, int64_t batches, const Shape& picture) {
  auto training = std::make_shared<Classification<Model, Optimizer>>(std::move(model), options, batch, batches, picture);
  return {training->model, [training](int64_t i) { return training->step(i); }, batch};
}

}  // namespace cairn
