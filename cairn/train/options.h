// The options that every training has; recipes put them into their config with f.group(train).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <cairn/base/fields.h>
#include <cairn/optim/optim.h>
#include <cairn/train/callbacks.h>
#include <cairn/train/supervised.h>
#include <cairn/train/trainer.h>

namespace cairn {

struct TrainOptions {
  int64_t epochs = 5, batch_size = 64;
  double lr = 1e-3;
  std::string optimizer = "adam";
  double momentum = 0, weight_decay = 0;
  std::string schedule = "constant";
  std::string milestones;  // of "multi-step": "32000,48000"
  double warmup = 0;
  double clip_norm = 0, clip_value = 0;
  int64_t accumulate = 1;
  double ema = 0;
  int64_t patience = 0, checkpoint_every = 0, limit_train = 0, max_steps = 0;
  double val_share = 0.05;
  int workers = 0;
  std::string precision = "f32";
  void fields(Fields& f);

  std::unique_ptr<Optimizer> make_optimizer(const Module& model) const;
  // Null for "constant" without warm-up. ConfigError for milestones that are no rising whole numbers above 0, or for warm-up with a schedule
  // that has a beginning of its own.
  std::shared_ptr<Scheduling> make_schedule(Optimizer& optimizer, int64_t steps_per_epoch) const;
  // All that these options ask for: clipping, the schedule, early stopping, checkpoints. ConfigError as make_schedule.
  std::vector<std::shared_ptr<Callback>> callbacks(Optimizer& optimizer, int64_t steps_per_epoch) const;
  SupervisedOptions supervised() const { return {accumulate, ema, dtype_named(precision)}; }
  TrainerOptions trainer() const { return {epochs, 100, max_steps}; }
};

}  // namespace cairn
