// A Task is what one step does: a classification, a GAN, a distillation are different tasks for one Trainer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <cairn/data/data.h>
#include <cairn/tensor/stateful.h>

namespace cairn {

// What one batch contributed. Sums over examples, so that batches of different sizes add up.
struct StepResult {
  double loss = 0;  // sum of the examples' losses
  int64_t examples = 0;
  int64_t correct = -1;  // how many were classified rightly; -1: not a classification
};

struct Totals {
  double loss = 0;
  int64_t examples = 0, correct = 0;
  bool classifies = false;
  void add(const StepResult& r);
  double mean_loss() const { return examples ? loss / double(examples) : 0; }
  double accuracy() const { return examples ? double(correct) / double(examples) : 0; }
  Json to_json() const;  // doubles keep their bits
  static Totals from_json(const Json& j);
};

// Everything that a checkpoint must hold, by name: "model", "optimizer", ...
using NamedStates = std::vector<std::pair<std::string, Stateful*>>;

class Task {
 public:
  virtual ~Task() = default;
  virtual StepResult train_step(const Batch& batch) = 0;  // forward, loss, zero_grad, backward, step
  virtual StepResult eval_step(const Batch& batch) = 0;   // called under NoGrad
  virtual void set_training(bool on) = 0;
  virtual NamedStates states() = 0;
  // After an epoch, with the validation loss (NaN without a validation set): for schedules that listen.
  virtual void end_epoch(double /*val_loss*/) {}
  // What a progress line may add: {"lr", 0.001}.
  virtual std::map<std::string, double> extras() const { return {}; }
};

}  // namespace cairn
