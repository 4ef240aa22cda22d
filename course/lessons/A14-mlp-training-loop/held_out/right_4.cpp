// right
#include <cairn/cairn.h>

using namespace cairn;

struct Result {
  double loss = 0;
  double accuracy = 0;
};

DataLoader make_loader(const TensorDataset& data, int64_t batch_size, uint64_t seed) {
  return DataLoader(data, {.batch_size = batch_size, .shuffle = true, .seed = seed});
}

Result train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader) {
  net.train();
  double sum = 0, correct = 0, total = 0;
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    Tensor loss = cross_entropy(logits, batch["label"]);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    sum += loss.item() * double(batch.size());
    correct += (logits.argmax(1) == batch["label"]).sum().item();
    total += double(batch.size());
  }
  return {sum / total, correct / total};
}

Result evaluate(Sequential& net, DataLoader& loader) {
  NoGrad off;
  net.eval();
  double sum = 0, correct = 0, total = 0;
  for (Batch& batch : loader) {
    const Tensor logits = net(batch["image"]);
    sum += cross_entropy(logits, batch["label"]).item() * double(batch.size());
    correct += (logits.argmax(1) == batch["label"]).sum().item();
    total += double(batch.size());
  }
  net.train();
  return {sum / total, correct / total};
}
