// Callback: what listens to a training and may step in. Clipping, schedules, early stopping, the watch for NaN and checkpoints are callbacks
// (callbacks.h); one of your own overrides the hooks that it needs, and is added to the Trainer.
//
//   fit       on_start
//   a batch   on_loss                              forward is done
//             on_gradients, on_update              before and after the optimiser's step: not at every batch when gradients accumulate
//             on_step, wants_checkpoint
//   an epoch  on_epoch, wants_stop, wants_checkpoint
//
// Each hook is called for all callbacks, in the order in which they were added. One that is not overridden costs an empty call a step. An
// Error that a hook throws ends the training; checkpoints stay as they were.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cairn/optim/optimizer.h>
#include <cairn/train/task.h>

namespace cairn {

struct LossReport {
  double loss = 0;  // mean over the batch's examples
  const Batch& batch;
  Task& task;
};

struct StepReport {
  int64_t epoch = 0, step = 0;  // epoch from 1; step within the epoch, from 1
  int64_t steps = 0;            // steps of an epoch
  int64_t total_step = 0;       // since the start of the run
  const Totals* train = nullptr;
  double seconds = 0;  // of this epoch so far
};

struct EpochReport {
  int64_t epoch = 0;  // from 1
  Totals train;
  std::optional<Totals> val;
  double seconds = 0;    // of this epoch, evaluation included
  bool best = false;     // no epoch before had as low a validation loss (training loss where nothing is held back)
  Json to_json() const;  // {"event":"epoch","epoch":1,"train_loss":...}
};

enum class Save { no, yes, best };  // best: this checkpoint stays until there is a better one; of the others the newest two stay

class Callback {
 public:
  virtual ~Callback() = default;

  // fit begins; after a resume, too, when all states are loaded.
  virtual void on_start(int64_t /*epochs*/, int64_t /*steps_per_epoch*/) {}
  // A loss is known and backward has not run. Changes nothing; an Error that it throws gets the place in front: "epoch 1, step 3 ...".
  virtual void on_loss(const LossReport&) {}
  // The gradients are complete. May change those of optimizer.parameters(), in place or by set_grad, and its rates; not the weights. No
  // graph is recorded. parameters() makes a new list: the only cost.
  virtual void on_gradients(Optimizer& /*optimizer*/) {}
  // The optimiser has moved. May change the weights (a projection, an average) and the rates of the next step. No graph is recorded.
  virtual void on_update(Optimizer& /*optimizer*/) {}
  // A batch is done. Whatever takes time here makes every step longer.
  virtual void on_step(const StepReport&) {}
  // An epoch is done and evaluated. May change the rates, or which layers are frozen.
  virtual void on_epoch(const EpochReport&) {}
  // Asked after each step and each epoch, when there is a run to save into. The end of a training and Ctrl-C are saved without it.
  virtual Save wants_checkpoint() const { return Save::no; }
  // Asked after each epoch; why() is told to the user.
  virtual bool wants_stop() const { return false; }
  virtual std::string why() const { return ""; }

  // What a checkpoint must hold, under this name, so that a resumed training goes on to the same bits. A callback takes the place of one of
  // the same name that was added before; those without a name, which have no state, stand beside each other.
  virtual Stateful* stateful() { return nullptr; }
  virtual std::string name() const { return ""; }
};

}  // namespace cairn
