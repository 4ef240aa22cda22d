// right
#include <cairn/cairn.h>

#include <vector>

using namespace cairn;

struct Result {
  double loss = 0;      // mean cross-entropy of an example
  double accuracy = 0;  // share of examples whose largest logit is that of their label
};

// How many rows have their largest logit at the label.
static int64_t count_right(const Tensor& logits, const Tensor& labels) {
  int64_t right = 0;
  for (int64_t row = 0; row < logits.size(0); row++) {
    int64_t best = 0;
    for (int64_t c = 1; c < logits.size(1); c++) {
      if (logits.at({row, c}) > logits.at({row, best})) { best = c; }
    }
    if (best == int64_t(labels.at({row}))) { right++; }
  }
  return right;
}

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
  Result result;
  int64_t examples = 0, right = 0;
  for (Batch& batch : loader) {
    optimizer.zero_grad();
    Tensor logits = net(batch["image"]);
    Tensor loss = cross_entropy(logits, batch["label"]);
    loss.backward();
    optimizer.step();

    examples += batch.size();
    right += count_right(logits.detach(), batch["label"]);
    result.loss += loss.item() * double(batch.size());
  }
  if (examples > 0) {
    result.loss /= double(examples);
    result.accuracy = double(right) / double(examples);
  }
  return result;
}

Result evaluate(Sequential& net, DataLoader& loader) {
  NoGrad no_gradients;
  net.train(false);
  Result result;
  int64_t examples = 0, right = 0;
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    examples += batch.size();
    right += count_right(logits, batch["label"]);
    result.loss += cross_entropy(logits, batch["label"]).item() * double(batch.size());
  }
  net.train(true);
  if (examples > 0) {
    result.loss /= double(examples);
    result.accuracy = double(right) / double(examples);
  }
  return result;
}
