// slip: the sum of the losses is overwritten
// why: Each batch adds its share: += and not =.
#include <cairn/cairn.h>

using namespace cairn;

struct Result {
  double loss = 0, accuracy = 0;
};

DataLoader make_loader(const TensorDataset& data, int64_t batch_size, uint64_t seed) {
  return DataLoader(data, {.batch_size = batch_size, .shuffle = true, .seed = seed});
}

Result train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader) {
  net.train();
  double loss_sum = 0, correct = 0, total = 0;
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    Tensor loss = cross_entropy(logits, batch["label"]);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    loss_sum = loss.item() * double(batch.size());
    correct += (logits.argmax(1) == batch["label"]).sum().item();
    total += double(batch.size());
  }
  return {loss_sum / total, correct / total};
}

Result evaluate(Sequential& net, DataLoader& loader) {
  NoGrad no_grad;
  net.eval();
  double loss_sum = 0, correct = 0, total = 0;
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    loss_sum += cross_entropy(logits, batch["label"]).item() * double(batch.size());
    correct += (logits.argmax(1) == batch["label"]).sum().item();
    total += double(batch.size());
  }
  net.train();
  return {loss_sum / total, correct / total};
}
