// The callbacks that a training is put together from. What each hook does: callback.h.
//
//   trainer.add(std::make_shared<ClipGradients>(ClipOptions{.norm = 1}));
//   trainer.add(std::make_shared<Scheduling>(optimizer, CosineAnnealing{.steps = 1000}));
//   trainer.add(std::make_shared<EarlyStopping>(5));
//
// NanWatch and Checkpoints are in every Trainer from the start; adding one takes the place of that.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <cairn/optim/schedule.h>
#include <cairn/train/callback.h>

namespace cairn {

// Stops when the validation loss has not fallen for `patience` epochs (Prechelt 1998).
class EarlyStopping : public Callback, public Stateful {
 public:
  explicit EarlyStopping(int64_t patience, double min_delta = 0);  // ConfigError unless patience >= 1, min_delta >= 0
  void on_epoch(const EpochReport& r) override;
  bool wants_stop() const override { return waited_ >= patience_; }
  std::string why() const override;
  Stateful* stateful() override { return this; }
  std::string name() const override { return "early_stopping"; }
  State state() const override;
  void load_state(const State& s) override;

 private:
  int64_t patience_, waited_ = 0;
  double min_delta_, best_ = 0;
  bool any_ = false;
};

// Keeps gradients small, so that one odd batch cannot throw the weights far away (Pascanu et al. 2013). First each element is cut to
// [-value, value], then all gradients together are scaled to a Euclidean norm of at most `norm`. 0: not so.
struct ClipOptions {
  double norm = 0, value = 0;
};
class ClipGradients : public Callback {
 public:
  explicit ClipGradients(ClipOptions options);  // ConfigError for what is negative
  void on_gradients(Optimizer& optimizer) override;

 private:
  ClipOptions options_;
};

// Moves an optimiser's learning rate. With a second optimiser a second one, under another name. The optimiser must outlive it.
class Scheduling : public Callback {
 public:
  Scheduling(Optimizer& optimizer, Curve curve, std::string name = "schedule");             // along a curve, after each of its steps
  Scheduling(Optimizer& optimizer, PlateauOptions options, std::string name = "schedule");  // by the validation loss, after each epoch
  void on_update(Optimizer& optimizer) override;
  void on_epoch(const EpochReport& r) override;
  Stateful* stateful() override;
  std::string name() const override { return name_; }

 private:
  const Optimizer& optimizer_;
  std::unique_ptr<Schedule> schedule_;        // one of the two
  std::unique_ptr<ReduceOnPlateau> plateau_;  // is there
  std::string name_;
};

// Ends a training whose loss is NaN or infinite, in a batch or over the validation data: NumericError with the place, the first bad tensor
// as far as the task can find it, and advice. It looks at one number a step.
class NanWatch : public Callback {
 public:
  explicit NanWatch(bool on = true) : on_(on) {}  // NanWatch(false) switches the Trainer's off
  void on_loss(const LossReport& r) override;
  void on_epoch(const EpochReport& r) override;
  std::string name() const override { return "nan_watch"; }

 private:
  bool on_;
};

// For Task::why_not_finite: the first of the parameters, else the first tensor of the batch that holds NaN or infinity, else the op and layer
// that makes one when `forward` runs again; empty when nothing is found.
std::string first_not_finite(const NamedParameters& parameters, const Batch& batch, const std::function<void()>& forward);

// When the Trainer writes a checkpoint.
struct CheckpointOptions {
  int64_t every_steps = 0;   // 0: none within an epoch
  int64_t every_epochs = 1;  // 0: none but the best, and that of the end
  bool keep_best = true;     // one of the best epoch so far
};
class Checkpoints : public Callback {
 public:
  explicit Checkpoints(CheckpointOptions options = {});  // ConfigError for what is negative
  void on_step(const StepReport& r) override;
  void on_epoch(const EpochReport& r) override;
  Save wants_checkpoint() const override { return save_; }
  std::string name() const override { return "checkpoints"; }

 private:
  CheckpointOptions options_;
  Save save_ = Save::no;
};

}  // namespace cairn
