// Around an optimiser's step: gradient clipping, averages of the weights, gradient accumulation.
#pragma once

#include <cairn/optim/optimizer.h>

namespace cairn {

// Scales all gradients so that their common Euclidean norm is at most max_norm (Pascanu et al. 2013) and returns the norm before.
// PyTorch's factor: max_norm / (norm + 1e-6), only when below 1. `finite`: NumericError, naming the first bad parameter, when the
// norm is NaN or infinite; nothing is scaled then.
double clip_grad_norm(const NamedParameters& parameters, double max_norm, bool finite = false);
// Cuts each element of each gradient to [-limit, limit].
void clip_grad_value(const NamedParameters& parameters, double limit);

// A moving average of the weights: average = d * average + (1 - d) * weight after each step, d = decay, or with `warmup`
// min(decay, (1 + t) / (10 + t)), so that the first steps do not weigh for ever. Evaluate with it between two swaps.
class WeightEma final : public Stateful {
 public:
  WeightEma(const NamedParameters& parameters, double decay, bool warmup = false);  // ConfigError unless 0 <= decay < 1
  void update();
  void swap();  // exchanges weights and averages
  const NamedParameters& averages() const { return averages_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  NamedParameters parameters_, averages_;
  std::vector<OptimSlot> slots_;
  double decay_;
  bool warmup_;
  int64_t updates_ = 0;
};

// One optimiser step for every `every` batches, as if they had been one large batch (of equal parts).
//
//   GradientAccumulator accumulate(optimizer, 4);
//   for (...) { accumulate.backward(loss); if (accumulate.step()) schedule.step(); }
class GradientAccumulator final : public Stateful {
 public:
  GradientAccumulator(Optimizer& optimizer, int64_t every);  // ConfigError below 1
  void backward(const Tensor& loss);                         // of loss / every
  // True when it was time: then the optimiser has moved and the gradients are gone. `last`: step with what there is (end of the
  // epoch; the gradients are then those of fewer batches, still divided by `every`).
  bool step(bool last = false);
  bool due() const { return count_ + 1 >= every_; }  // will the next step() move?
  State state() const override;                      // the count and the gradients so far
  void load_state(const State& state) override;

 private:
  Optimizer& optimizer_;
  int64_t every_, count_ = 0;
};

}  // namespace cairn
