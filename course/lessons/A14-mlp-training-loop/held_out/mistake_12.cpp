// slip: train_epoch gives the mean of the means of the batches, so a small last batch counts as much as a full one
// shows: 5 examples in batches of 4, the fifth wrong and the others right: accuracy 0.5 instead of 0.8
// named: mutants/mean_of_means_both.cpp
// named: mutants/mean_of_means.cpp
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
  Result r;
  int batches = 0;
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    Tensor loss = cross_entropy(logits, batch["label"]);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    r.loss += loss.item();
    r.accuracy += (logits.argmax(1) == batch["label"]).sum().item() / double(batch.size());
    batches++;
  }
  r.loss /= batches;
  r.accuracy /= batches;
  return r;
}

Result evaluate(Sequential& net, DataLoader& loader) {
  net.eval();
  NoGrad off;
  Result r;
  double n = 0;
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    double size = double(batch.size());
    r.loss += cross_entropy(logits, batch["label"]).item() * size;
    r.accuracy += (logits.argmax(1) == batch["label"]).sum().item();
    n += size;
  }
  r.loss /= n;
  r.accuracy /= n;
  net.train();
  return r;
}
