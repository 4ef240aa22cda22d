// What must hold before a training is worth its time: shapes, a gradient for every parameter, and one batch that can be learned by heart.
#include <cstdio>

#include "model.h"

using namespace cairn;

static int failures = 0;
static void expect(bool holds, const char* what) {
  std::printf("%s %s\n", holds ? "ok" : "not ok", what);
  failures += !holds;
}

int main() {
  manual_seed(1);
  Config config;
  config.dropout = 0;
  Sequential net = make_model(64, 4, config);
  const Tensor x = randn({16, 1, 8, 8}), y = randint(0, 4, {16});
  expect(net(x).shape() == Shape{16, 4}, "a batch of 16 pictures gives 16 rows of 4 logits");

  cross_entropy(net(x), y).backward();
  bool all = true;
  for (const auto& [name, parameter] : net.parameters()) all = all && parameter.tensor().grad().defined();
  expect(all, "every parameter gets a gradient");

  Adam adam(net.parameters(), {.lr = 1e-2});
  double loss = 0;
  for (int step = 0; step < 200; step++) {
    const Tensor l = cross_entropy(net(x), y);
    adam.zero_grad();
    l.backward();
    adam.step();
    loss = l.item();
  }
  expect(loss < 0.01, "one batch is learned by heart");
  return failures ? 1 : 0;
}
