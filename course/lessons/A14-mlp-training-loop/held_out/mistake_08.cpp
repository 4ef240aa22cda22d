// slip: loss and accuracy of a training batch are taken after the step, with the new weights
// shows: one batch, SGD with a large rate: the loss is that of the moved weights, lower than with the weights when the batch came
// named: mutants/both_after_step.cpp
#include <cairn/cairn.h>

using namespace cairn;

struct Result {
  double loss = 0;      // mean cross-entropy of an example
  double accuracy = 0;  // share of examples whose largest logit is that of their label
};

DataLoader make_loader(const TensorDataset& data, int64_t batch_size, uint64_t seed) {
  return DataLoader(data, {.batch_size = batch_size, .shuffle = true, .seed = seed});
}

Result train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader) {
  double sum = 0, correct = 0, total = 0;
  net.train();
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    Tensor loss = cross_entropy(logits, batch["label"]);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    const Tensor after = net(batch["image"]).detach();
    sum += cross_entropy(after, batch["label"]).item() * double(batch.size());
    correct += (after.argmax(1) == batch["label"]).sum().item();
    total += double(batch.size());
  }
  if (total == 0) return {};
  return {sum / total, correct / total};
}

Result evaluate(Sequential& net, DataLoader& loader) {
  NoGrad off;
  double sum = 0, correct = 0, total = 0;
  net.eval();
  for (Batch& batch : loader) {
    const Tensor logits = net(batch["image"]);
    sum += cross_entropy(logits, batch["label"]).item() * double(batch.size());
    correct += (logits.argmax(1) == batch["label"]).sum().item();
    total += double(batch.size());
  }
  net.train();
  if (total == 0) return {};
  return {sum / total, correct / total};
}
