#include <cairn/train/options.h>

#include <cmath>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

void TrainOptions::fields(Fields& f) {
  f("epochs", epochs, "passes over the training data", between(1, 1e6));
  f("batch_size", batch_size, "examples a step", between(1, 1e7));
  f("lr", lr, "learning rate: the size of a step", above(0.0));
  f("optimizer", optimizer, "how weights move along the gradient", one_of({"sgd", "adam", "adamw", "rmsprop", "adagrad", "nadam"}));
  f("momentum", momentum, "share of the last step that is kept (sgd, rmsprop)", between(0.0, 0.9999));
  f("weight_decay", weight_decay, "pull of the weights towards zero", at_least_value(0.0));
  f("schedule", schedule, "how the learning rate changes",
    one_of({"constant", "cosine", "one-cycle", "step", "multi-step", "exponential", "plateau"}));
  f("milestones", milestones, "steps after which multi-step divides the rate by 10: 32000,48000");
  f("warmup", warmup, "epochs of linear warm-up before the schedule", between(0, 1e6));
  f("clip_norm", clip_norm, "largest norm of all gradients together; 0: no clipping", at_least_value(0.0));
  f("clip_value", clip_value, "largest size of any element of a gradient; 0: no clipping", at_least_value(0.0));
  f("accumulate", accumulate, "batches whose gradients are added up for one step", between(1, 1e6));
  f("ema", ema, "decay of the weight average that is evaluated; 0: none", between(0.0, 0.99999));
  f("patience", patience, "stop when the validation loss has not fallen for so many epochs; 0: never", between(0, 1e6));
  f("checkpoint_every", checkpoint_every, "steps between checkpoints; 0: at the ends of epochs only", between(0, 1e9));
  f("max_steps", max_steps, "stop after so many batches in all; 0: when the epochs are over", between(0, 1e12));
  f("limit_train", limit_train, "use only so many training examples; 0: all", between(0, 1e9));
  f("val_share", val_share, "share of the training data that is held out to choose by; 0: none", between(0.0, 0.9));
  f("precision", precision, "bf16: products, convolutions and activations in 16 bits, weights in f32; faster where the CPU has it",
    one_of({"f32", "bf16"}));
  f("workers", workers, "threads that prepare batches ahead; 0: none", between(0, 64));
}

namespace {

// "32000,48000" as numbers of steps.
std::vector<int64_t> parsed_milestones(const std::string& text) {
  if (trim(text).empty()) throw ConfigError("--schedule multi-step needs to know when: --milestones 32000,48000 divides the rate after those steps.");
  std::vector<int64_t> list;
  for (const std::string& word : split(text, ',')) {
    int64_t step = 0;
    if (!parse_int(trim(word), step) || step < 1 || (!list.empty() && step <= list.back()))
      throw ConfigError("--milestones '" + printable(text, 100) + "' must be rising numbers of steps above 0, with commas between them; '" +
                        printable(word, 40) + "' is not. Hint: --milestones 32000,48000");
    list.push_back(step);
  }
  return list;
}

}  // namespace

std::unique_ptr<Optimizer> TrainOptions::make_optimizer(const Module& model) const {
  return cairn::make_optimizer(optimizer, model.parameters(), lr, momentum, weight_decay);
}

std::shared_ptr<Scheduling> TrainOptions::make_schedule(Optimizer& o, int64_t steps_per_epoch) const {
  // What is accumulated at the end of an epoch goes on in the next one, so the steps of the whole training count, not of an epoch.
  const int64_t batches = max_steps > 0 ? std::min(max_steps, epochs * steps_per_epoch) : epochs * steps_per_epoch;
  const int64_t all = std::max<int64_t>(1, batches / accumulate);
  const int64_t warm = std::llround(warmup * double(steps_per_epoch) / double(accumulate)), total = std::max<int64_t>(1, all - warm);
  if (warm > 0 && (schedule == "plateau" || schedule == "one-cycle"))
    throw ConfigError("--warmup goes with constant, cosine, step, multi-step and exponential; --schedule " + schedule +
                      " has a beginning of its own.");
  if (schedule == "plateau") return std::make_shared<Scheduling>(o, PlateauOptions());
  if (schedule == "multi-step") {  // milestones count from the beginning, warm-up included
    const MultiStepLR curve{parsed_milestones(milestones)};
    return std::make_shared<Scheduling>(o, warm > 0 ? Chain({LinearWarmup{.steps = warm}, curve}) : Curve(curve));
  }
  Curve curve;
  if (schedule == "cosine") curve = CosineAnnealing{.steps = total};
  else if (schedule == "one-cycle") curve = OneCycle{.highest = lr, .steps = total + 1};
  else if (schedule == "step") curve = StepLR{std::max<int64_t>(1, total / 3)};
  else if (schedule == "exponential") curve = ExponentialLR{std::pow(0.01, 1.0 / double(total))};
  if (warm > 0) curve = curve ? Sequence({LinearWarmup{.steps = warm}, curve}, {warm}) : Curve(LinearWarmup{.steps = warm});
  return curve ? std::make_shared<Scheduling>(o, curve) : nullptr;
}

std::vector<std::shared_ptr<Callback>> TrainOptions::callbacks(Optimizer& optimizer, int64_t steps_per_epoch) const {
  std::vector<std::shared_ptr<Callback>> list = {std::make_shared<Checkpoints>(CheckpointOptions{.every_steps = checkpoint_every})};
  if (clip_norm > 0 || clip_value > 0) list.push_back(std::make_shared<ClipGradients>(ClipOptions{.norm = clip_norm, .value = clip_value}));
  if (const auto schedule = make_schedule(optimizer, steps_per_epoch)) list.push_back(schedule);
  if (patience > 0) list.push_back(std::make_shared<EarlyStopping>(patience));
  return list;
}

}  // namespace cairn
