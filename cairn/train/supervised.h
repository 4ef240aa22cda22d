// Supervised learning: a model, a loss on (x, y), an optimiser. Classification (cross-entropy; binary with one logit), regression (MSE).
#pragma once

#include <functional>
#include <memory>

#include <cairn/nn/nn.h>
#include <cairn/optim/optim.h>
#include <cairn/train/task.h>

namespace cairn {

enum class Objective { classify, classify_binary, regress };

struct SupervisedOptions {
  int64_t accumulate = 1;  // batches a step of the optimiser
  double ema = 0;          // decay of the weight average that is evaluated; 0: none
  DType precision = f32;   // bf16: the model runs under autocast; its outputs, the loss, the weights and their gradients are f32
  // Instead of the objective's loss: the mean over a batch's examples, from the model's output and y.
  std::function<Tensor(const Tensor& output, const Tensor& y)> loss = {};
};

class Supervised : public Task {
 public:
  // Batches hold "x" (features) and "y" (i64 labels, or f32 [n, classes] shares of them; f32 [n, 1] targets for regression). The model's
  // output: logits [n, classes], or [n, 1].
  Supervised(Module& model, Optimizer& optimizer, Objective objective, SupervisedOptions options = {});

  StepResult train_step(const Batch& batch) override;
  StepResult eval_step(const Batch& batch) override;
  void set_training(bool on) override;
  NamedStates states() override;
  std::map<std::string, double> extras() const override;
  std::string why_not_finite(const Batch& batch) override;

  Tensor loss(const Tensor& output, const Tensor& y) const;
  int64_t count_correct(const Tensor& output, const Tensor& y) const;

 private:
  Tensor forward(const Batch& batch);  // the model's output
  Module& model_;
  Optimizer& optimizer_;
  Objective objective_;
  SupervisedOptions options_;
  bool averaged_ = false;  // the model holds the averaged weights
  std::shared_ptr<WeightEma> ema_;
  int64_t pending_ = 0;  // batches accumulated since the last step
  struct Progress;
  std::shared_ptr<Progress> progress_;
};

}  // namespace cairn
