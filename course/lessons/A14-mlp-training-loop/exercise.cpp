// A14: the training loop of the roadmap's Example 1.
#include <cairn/cairn.h>

using namespace cairn;

struct Result {
  double loss = 0;      // mean cross-entropy of an example
  double accuracy = 0;  // share of examples whose largest logit is that of their label
};

// A loader over `data` that gives batches of batch_size examples in another order each epoch, drawn from `seed`. The last batch may be smaller.
DataLoader make_loader(const TensorDataset& data, int64_t batch_size, uint64_t seed) {
  (void)seed;
  return DataLoader(data, {.batch_size = batch_size});
}

// One epoch of a loader with at least one example. For every batch: logits of batch["image"], cross_entropy with batch["label"], gradients of this
// batch alone, one step of the optimiser. Before the first epoch there are no gradients yet. While it trains, dropout is on; the mode afterwards is
// free. The result is over all examples of the epoch, each with the logits it had when its batch came.
Result train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader) {
  (void)net, (void)optimizer, (void)loader;
  return {};
}

// Loss and accuracy over all examples of the loader (at least one). No weight changes, no gradient is recorded, dropout is off. Afterwards the network is in
// training mode.
Result evaluate(Sequential& net, DataLoader& loader) {
  (void)net, (void)loader;
  return {};
}
