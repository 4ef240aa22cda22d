// A Task is what one step does: a classification, a GAN, a distillation are different tasks for one Trainer.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
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

class Callback;
class Optimizer;
class Task;

// With these calls a train_step says where it is, and the Trainer's callbacks hear it (callback.h). Outside of Trainer::fit nobody listens:
// then a call is one branch. A task with several losses or optimisers, as a GAN, makes the calls for each of them.
class StepHooks {
 public:
  // The mean loss of a batch, before backward, so that one that is NaN never reaches the weights. For a task that does not say it, the
  // Trainer does so after the step.
  void loss(double mean, const Batch& batch);
  void gradients(Optimizer& optimizer);  // just before optimizer.step(), when all batches of an accumulation are in
  void updated(Optimizer& optimizer);    // just after it
 private:
  friend class Trainer;
  Task* task_ = nullptr;
  const std::vector<std::shared_ptr<Callback>>* callbacks_ = nullptr;
  bool told_ = false;  // the loss of this step
};

class Task {
 public:
  virtual ~Task() = default;
  virtual StepResult train_step(const Batch& batch) = 0;  // forward, loss, zero_grad, backward, step; see StepHooks
  virtual StepResult eval_step(const Batch& batch) = 0;   // called under NoGrad
  virtual void set_training(bool on) = 0;
  virtual NamedStates states() = 0;
  virtual void end_epoch() {}  // after its evaluation, before the callbacks' on_epoch
  // What a progress line may add: {"lr", 0.001}.
  virtual std::map<std::string, double> extras() const { return {}; }
  // Asked when the loss of this batch came out NaN or infinite: the reason, as far as it can be found ("the weights 'x' [3] hold NaN or
  // infinity."; see first_not_finite). Empty: not known.
  virtual std::string why_not_finite(const Batch&) { return ""; }

 protected:
  StepHooks hooks_;

 private:
  friend class Trainer;
};

}  // namespace cairn
