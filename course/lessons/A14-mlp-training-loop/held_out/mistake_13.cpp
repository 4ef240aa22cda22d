// slip: evaluate never calls eval(), so dropout stays on
// shows: a network with Dropout(0.5): two evaluations of the same weights give two losses
// named: mutants/dropout_in_evaluation.cpp
#include <cairn/cairn.h>

using namespace cairn;

struct Result {
  double loss = 0;
  double accuracy = 0;
};

namespace {

// Collects what was seen, example by example.
struct Tally {
  double loss_sum = 0;
  int64_t hits = 0, seen = 0;

  void note(const Tensor& logits, const Tensor& labels, double batch_loss) {
    const Tensor said = logits.detach().argmax(1);
    const int64_t n = labels.numel();
    for (int64_t i = 0; i < n; i++)
      if (said.at({i}) == labels.at({i})) hits++;
    loss_sum += batch_loss * double(n);
    seen += n;
  }
  Result result() const { return {loss_sum / double(seen), double(hits) / double(seen)}; }
};

}  // namespace

DataLoader make_loader(const TensorDataset& data, int64_t batch_size, uint64_t seed) {
  LoaderOptions options;
  options.batch_size = batch_size;
  options.shuffle = true;
  options.drop_last = false;
  options.seed = seed;
  return DataLoader(data, options);
}

Result train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader) {
  net.train(true);
  Tally tally;
  for (Batch& batch : loader) {
    optimizer.zero_grad();
    const Tensor logits = net(batch["image"]);
    const Tensor loss = cross_entropy(logits, batch["label"]);
    loss.backward();
    tally.note(logits, batch["label"], loss.item());
    optimizer.step();
  }
  return tally.result();
}

Result evaluate(Sequential& net, DataLoader& loader) {
  Tally tally;
  {
    NoGrad no_graph;
    for (Batch& batch : loader) {
      const Tensor logits = net(batch["image"]);
      tally.note(logits, batch["label"], cross_entropy(logits, batch["label"]).item());
    }
  }
  net.train(true);
  return tally.result();
}
