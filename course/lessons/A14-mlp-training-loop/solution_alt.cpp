// Sums of losses instead of means, log_softmax written out, predictions counted one by one, gradients cleared behind the step.
#include <cairn/cairn.h>

using namespace cairn;

struct Result {
  double loss = 0, accuracy = 0;
};

DataLoader make_loader(const TensorDataset& data, int64_t batch_size, uint64_t seed) {
  LoaderOptions options;
  options.seed = seed;
  options.shuffle = true;
  options.batch_size = batch_size;
  return DataLoader(data, options);
}

namespace {

int64_t hits(const Tensor& logits, const Tensor& labels) {
  int64_t n = 0;
  const std::vector<int64_t> best = logits.argmax(1).to_vector<int64_t>(), truth = labels.to_vector<int64_t>();
  for (size_t i = 0; i < best.size(); i++) n += best[i] == truth[i];
  return n;
}

}  // namespace

Result train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader) {
  net.train();
  optimizer.zero_grad();
  double sum = 0;
  int64_t correct = 0, total = 0;
  for (Batch& batch : loader) {
    const Tensor logits = net(batch["image"]);
    const Tensor loss = nll_loss(log_softmax(logits, 1), batch["label"]);
    loss.backward();
    optimizer.step();
    optimizer.zero_grad();
    sum += loss.item() * double(batch.size());
    correct += hits(logits, batch["label"]);
    total += batch.size();
  }
  return {sum / double(total), double(correct) / double(total)};
}

Result evaluate(Sequential& net, DataLoader& loader) {
  net.eval();
  double sum = 0;
  int64_t correct = 0, total = 0;
  {
    NoGrad no_grad;
    for (Batch& batch : loader) {
      const Tensor logits = net(batch["image"]);
      sum += nll_loss(log_softmax(logits, 1), batch["label"]).item() * double(batch.size());
      correct += hits(logits, batch["label"]);
      total += batch.size();
    }
  }
  net.train();
  return {sum / double(total), double(correct) / double(total)};
}
