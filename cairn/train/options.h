// The options that every training has; recipes put them into their config with f.group(train).
#pragma once

#include <memory>
#include <string>

#include <cairn/base/fields.h>
#include <cairn/optim/optim.h>
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
  double clip_norm = 0;
  int64_t accumulate = 1;
  double ema = 0;
  int64_t patience = 0, checkpoint_every = 0, limit_train = 0, max_steps = 0;
  double val_share = 0.05;
  int workers = 0;
  std::string precision = "f32";
  void fields(Fields& f);

  std::unique_ptr<Optimizer> make_optimizer(const Module& model) const;
  // A Schedule (moves each step) or a ReduceOnPlateau (each epoch); null for "constant" without warm-up. ConfigError for milestones that
  // are no rising whole numbers above 0, or for warm-up with a schedule that has a beginning of its own.
  std::shared_ptr<Stateful> make_schedule(Optimizer& optimizer, int64_t steps_per_epoch) const;
  SupervisedOptions supervised() const { return {clip_norm, accumulate, ema, dtype_named(precision)}; }
  TrainerOptions trainer() const { return {epochs, checkpoint_every, 100, true, max_steps}; }
};

}  // namespace cairn
