// Trainer: epochs over a loader, evaluation, metrics, checkpoints, exact resume; callbacks for the rest. Built on the same five lines that
// a user can write by hand; it adds no arithmetic of its own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cairn/train/callback.h>
#include <cairn/train/run.h>
#include <cairn/train/task.h>

namespace cairn {

struct TrainerOptions {
  int64_t epochs = 5;
  int64_t log_every = 0;  // steps between lines {"event":"step",...} in metrics.jsonl; 0: none
  int64_t max_steps = 0;  // the epoch in which this many are done is the last, and ends there; 0: no limit
};

struct FitResult {
  int64_t epochs = 0, steps = 0;
  bool interrupted = false;         // Ctrl-C: everything is saved
  std::string stopped_early;        // why; empty when all epochs ran
  std::optional<EpochReport> last;  // of this fit; none when no epoch was finished in it
};

class Trainer {
 public:
  // `val` may be null. The run may be null: then nothing is written. It starts with two callbacks, NanWatch and Checkpoints.
  Trainer(Task& task, DataLoader& train, DataLoader* val, TrainerOptions options, Run* run = nullptr);
  // Before resume and fit. One of the same name() gives its place to this. ConfigError for a state without a name.
  void add(std::shared_ptr<Callback> callback);

  // What the training was asked for, by field: kept in every checkpoint, so that a resume can be told from another training (noted_config()).
  void set_config(Json config) { config_ = std::move(config); }

  // Takes up the newest sound checkpoint of the run; false when none was ever written (it starts from the beginning). Damaged ones are
  // set aside, with a line in `problems` for each; FileError when all of them are. StateError when it belongs to another model.
  bool resume(std::vector<std::string>& problems);
  int64_t resumed_at() const { return total_step_; }

  // ConfigError when a loader gives no batch at all: an empty data set, or drop_last and fewer examples than a batch.
  // Throws what a callback throws: NanWatch a NumericError with epoch, step, first bad tensor, advice. IndexError for a label outside of
  // the classes. FileError when a checkpoint or the metrics cannot be written: the older checkpoints stay as they were.
  FitResult fit();
  Totals evaluate(DataLoader& loader);
  double seconds() const { return seconds_; }  // of training, those before a resume included

 private:
  bool run_epoch();  // false when interrupted
  bool all_steps_done() const { return options_.max_steps > 0 && total_step_ >= options_.max_steps; }
  bool more() const { return epoch_ < options_.epochs && !all_steps_done(); }
  NamedStates states();  // of the task and the callbacks; ConfigError for two of one name
  Save wanted() const;   // by any of the callbacks
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
  std::optional<EpochReport> last_;
  Json config_;
  std::string best_;  // name of the best checkpoint
  bool stopped_ = false;
};

}  // namespace cairn
