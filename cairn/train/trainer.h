// Trainer: epochs over a loader, evaluation, metrics, checkpoints, exact resume, early stopping. Built on the same five lines that
// a user can write by hand; it adds no arithmetic of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cairn/train/run.h>
#include <cairn/train/task.h>

namespace cairn {

struct EpochReport {
  int64_t epoch = 0;  // from 1
  Totals train;
  std::optional<Totals> val;
  double seconds = 0;    // of this epoch, evaluation included
  Json to_json() const;  // {"event":"epoch","epoch":1,"train_loss":...}
};

struct StepReport {
  int64_t epoch = 0, step = 0;  // epoch from 1; step within the epoch, from 1
  int64_t steps = 0;            // steps of an epoch
  int64_t total_step = 0;       // since the start of the run
  const Totals* train = nullptr;
  double seconds = 0;  // of this epoch so far
};

// Listens to a training; every method may do nothing. A callback that remembers something is Stateful, too, and is saved.
class Callback {
 public:
  virtual ~Callback() = default;
  virtual void on_start(int64_t /*epochs*/, int64_t /*steps_per_epoch*/) {}
  virtual void on_step(const StepReport&) {}
  virtual void on_epoch(const EpochReport&) {}
  virtual bool wants_stop() const { return false; }  // asked after each epoch
  virtual std::string why() const { return ""; }
  virtual Stateful* stateful() { return nullptr; }
  virtual std::string name() const { return "callback"; }
};

// Stops when the validation loss has not fallen for `patience` epochs (Prechelt 1998).
class EarlyStopping : public Callback, public Stateful {
 public:
  explicit EarlyStopping(int64_t patience, double min_delta = 0) : patience_(patience), min_delta_(min_delta) {}
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

struct TrainerOptions {
  int64_t epochs = 5;
  int64_t checkpoint_every = 0;  // steps; 0: at the ends of epochs only
  int64_t log_every = 0;         // steps between lines {"event":"step",...} in metrics.jsonl; 0: none
  bool keep_best = true;         // keep the checkpoint of the best validation loss
  int64_t max_steps = 0;         // the epoch in which this many are done is the last, and ends there; 0: no limit
};

struct FitResult {
  int64_t epochs = 0, steps = 0;
  bool interrupted = false;   // Ctrl-C: everything is saved
  std::string stopped_early;  // why; empty when all epochs ran
  std::optional<EpochReport> last;
};

class Trainer {
 public:
  // `val` may be null. The run may be null: then nothing is written.
  Trainer(Task& task, DataLoader& train, DataLoader* val, TrainerOptions options, Run* run = nullptr);
  void add(std::shared_ptr<Callback> callback) { callbacks_.push_back(std::move(callback)); }

  // Takes up the newest sound checkpoint of the run; false when none was ever written (it starts from the beginning). Damaged ones are
  // set aside, with a line in `problems` for each; FileError when all of them are. StateError when it belongs to another model.
  bool resume(std::vector<std::string>& problems);
  int64_t resumed_at() const { return total_step_; }

  // Throws NumericError when the loss is NaN or infinite: epoch, step, first bad tensor, advice. IndexError for a label outside of the
  // classes. FileError when a checkpoint or the metrics cannot be written: the older checkpoints stay as they were.
  FitResult fit();
  Totals evaluate(DataLoader& loader);
  double seconds() const { return seconds_; }  // of training, those before a resume included

 private:
  bool run_epoch();  // false when interrupted
  bool all_steps_done() const { return options_.max_steps > 0 && total_step_ >= options_.max_steps; }
  void save(bool best);
  std::string place() const;  // "epoch 1, step 3 (3 in all): "
  Task& task_;
  DataLoader& train_;
  DataLoader* val_;
  TrainerOptions options_;
  Run* run_;
  std::vector<std::shared_ptr<Callback>> callbacks_;
  int64_t epoch_ = 0, step_ = 0, total_step_ = 0;  // epochs finished; steps of the current one; all steps
  Totals totals_;                                  // of the current epoch so far
  double seconds_ = 0, epoch_seconds_ = 0;
  double best_loss_ = 0;
  std::string best_;  // name of the best checkpoint
  bool resumed_ = false, stopped_ = false;
};

}  // namespace cairn
