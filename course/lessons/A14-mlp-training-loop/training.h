// What A14's figures and its experiment share: a part of Fashion-MNIST, the network of the roadmap's Example 1, and its loop.
#pragma once

#include <string>
#include <vector>

#include <cairn/autograd/modes.h>
#include <cairn/base/random.h>
#include <cairn/data/data.h>
#include <cairn/data/registry.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>

namespace cairn::course::a14 {

struct Score {
  double loss = 0, accuracy = 0;
};

struct Pictures {
  TensorDataset data;
  Tensor x;  // u8 [n, 1, 28, 28], as they are
  std::vector<std::string> classes;
};

// The first n of a split; pixels to [0, 1], then (x - 0.5) / 0.5.
inline Pictures pictures(const std::string& split, int64_t n) {
  const Labelled all = load_dataset("fashion-mnist", split);
  const Tensor x = all.x.slice(0, {0, n}), y = all.y.slice(0, {0, n});
  Pictures p{TensorDataset({{"image", x}, {"label", y}}), x, all.classes};
  p.data.normalize("image", {{0.5}, {0.5}});
  return p;
}

inline Sequential network(int64_t hidden, double dropout) {
  return Sequential(Flatten(), Linear(784, hidden), ReLU(), Dropout(dropout), Linear(hidden, 10));
}

inline Score evaluate(Sequential& net, const TensorDataset& data) {
  NoGrad no_grad;
  net.eval();
  Score s;
  DataLoader loader(data, {.batch_size = 500});
  for (Batch& batch : loader) {
    const Tensor logits = net(batch["image"]);
    s.loss += cross_entropy(logits, batch["label"]).item() * double(batch.size()) / double(data.size());
    s.accuracy += (logits.argmax(1) == batch["label"]).sum().item() / double(data.size());
  }
  net.train();
  return s;
}

// What is left out of the loop: nothing, or one of its lines.
enum class Slip { none, no_zero_grad, softmax_twice, no_shuffle };

inline double train_epoch(Sequential& net, Optimizer& optimizer, DataLoader& loader, Slip slip = Slip::none) {
  double sum = 0;
  for (Batch& batch : loader) {
    Tensor logits = net(batch["image"]);
    if (slip == Slip::softmax_twice) logits = softmax(logits, 1);
    const Tensor loss = cross_entropy(logits, batch["label"]);
    if (slip != Slip::no_zero_grad) optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    sum += loss.item() * double(batch.size());
  }
  return sum / double(loader.examples());
}

}  // namespace cairn::course::a14
