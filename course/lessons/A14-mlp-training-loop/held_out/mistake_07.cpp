// slip: train_epoch does not switch to training mode
// shows: a network with Dropout(0.5) on which eval() was called before: it trains without dropout
// named: mutants/trained_without_dropout.cpp
#include <cairn/cairn.h>

#include <vector>

using namespace cairn;

struct Result {
  double loss = 0;      // mean cross-entropy of an example
  double accuracy = 0;  // share of examples whose largest logit is that of their label
};

namespace {

// Running means over examples: each batch moves them by its share.
struct Running {
  Result mean;
  double seen = 0;

  void add(const Tensor& logits, const Tensor& labels, double batch_loss) {
    const std::vector<int64_t> called = logits.detach().argmax(1).to_vector<int64_t>(), truth = labels.to_vector<int64_t>();
    if (truth.empty()) return;
    double hits = 0;
    for (size_t i = 0; i < truth.size(); i++) hits += called[i] == truth[i] ? 1 : 0;
    const double n = double(truth.size());
    seen += n;
    mean.loss += (batch_loss - mean.loss) * n / seen;
    mean.accuracy += (hits / n - mean.accuracy) * n / seen;
  }
};

}  // namespace

DataLoader make_loader(const TensorDataset& data, int64_t batch_size, uint64_t seed) {
  return DataLoader(data, LoaderOptions{.batch_size = batch_size, .shuffle = true, .seed = seed});
}

Result train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader) {
  optimizer.zero_grad();  // what somebody left behind
  Running running;
  for (Batch& batch : loader) {
    const Tensor logits = net(batch["image"]);
    const Tensor loss = cross_entropy(logits, batch["label"]);
    running.add(logits, batch["label"], loss.item());
    loss.backward();
    optimizer.step();
    optimizer.zero_grad();
  }
  return running.mean;
}

Result evaluate(Sequential& net, DataLoader& loader) {
  net.eval();
  Running running;
  {
    NoGrad off;
    for (Batch& batch : loader) {
      const Tensor logits = net(batch["image"]);
      const Tensor summed = cross_entropy(logits, batch["label"], {.reduction = Reduction::sum});
      running.add(logits, batch["label"], summed.item() / double(batch.size()));
    }
  }
  net.train();
  return running.mean;
}
