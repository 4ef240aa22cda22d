// What this lesson's figures and its demo share: a small network on digits, trained by a loop that may have one fault, and what a doctor would measure.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include <cairn/autograd/modes.h>
#include <cairn/base/random.h>
#include <cairn/data/registry.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>

namespace cairn::course::a16 {

struct Case {
  std::string fault = "none";  // none, no-zero-grad, softmax-twice, wrong-labels, zero-weights, detached
  double rate = 0.2;
  int steps = 100, batch = 16;
  uint64_t seed = 16;
  double scale = 1;  // all starting weights times this
};
inline std::vector<std::string> faults() { return {"none", "no-zero-grad", "softmax-twice", "wrong-labels", "zero-weights", "detached"}; }

struct Findings {
  std::vector<double> loss, norm;              // before each step
  std::vector<std::vector<double>> gradients;  // of each weight matrix, at the start
  double accuracy = 0;                         // on rows that were never trained on
  bool finite = true;
};

// The first `batch` rows again and again (one batch), or batches of the training rows (all of them).
inline Findings examine(const Case& c, bool one_batch) {
  const Labelled digits = load_dataset("digits", "all");
  const Tensor x = digits.x / 16.0, y = digits.y;
  const int64_t held_out = 400, rows = x.size(0) - held_out;
  manual_seed(c.seed);
  Linear first(64, 32), second(32, 32), last(32, 10);
  NamedParameters parameters;
  for (Linear* layer : {&first, &second, &last})
    for (auto& [name, p] : layer->parameters()) parameters.emplace_back(name + std::to_string(parameters.size()), p);
  {
    NoGrad off;
    for (auto& [name, p] : parameters) p.set(p.tensor().detach() * (c.fault == "zero-weights" ? 0.0 : c.scale));
  }
  const auto forward = [&](const Tensor& in) {
    Tensor h = relu(first(in));
    if (c.fault == "detached") h = h.detach();
    return last(relu(second(h)));
  };
  SGD sgd(parameters, {.lr = c.rate});
  Random random(c.seed, 1);
  Findings f;
  for (int step = 0; step <= c.steps; step++) {
    const int64_t from = one_batch ? 0 : int64_t(random.below(uint64_t(rows - c.batch)));
    const Tensor in = x.slice(0, {from, from + c.batch});
    const int64_t wrong = c.fault == "wrong-labels" ? 1 + int64_t(random.below(uint64_t(rows - c.batch))) : from;
    const Tensor truth = y.slice(0, {wrong, wrong + c.batch});
    Tensor out = forward(in);
    if (c.fault == "softmax-twice") out = softmax(out, 1);
    const Tensor loss = cross_entropy(out, truth);
    f.loss.push_back(loss.item());
    f.finite = f.finite && std::isfinite(f.loss.back());
    if (!f.finite) break;
    if (c.fault != "no-zero-grad") sgd.zero_grad();
    loss.backward();
    double square = 0;
    for (const auto& [name, p] : parameters) {
      const std::vector<double> g = p.grad().defined() ? p.grad().to_vector<double>() : std::vector<double>(size_t(p.tensor().numel()), 0.0);
      for (const double v : g) square += v * v;
      if (step == 0 && p.tensor().rank() == 2) f.gradients.push_back(g);
    }
    f.norm.push_back(std::sqrt(square));
    if (step < c.steps) sgd.step();
  }
  NoGrad off;
  const Tensor called = argmax(forward(x.slice(0, {rows})), 1);
  const std::vector<int64_t> said = called.to_vector<int64_t>(), is = y.slice(0, {rows}).to_vector<int64_t>();
  for (size_t i = 0; i < is.size(); i++) f.accuracy += (said[i] == is[i]) / double(is.size());
  return f;
}

}  // namespace cairn::course::a16
