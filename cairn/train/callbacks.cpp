#include <cairn/train/callbacks.h>

#include <cmath>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/helpers.h>

namespace cairn {

// ---- early stopping

EarlyStopping::EarlyStopping(int64_t patience, double min_delta) : patience_(patience), min_delta_(min_delta) {
  if (patience < 1)
    throw ConfigError("[EarlyStopping] patience must be at least 1 epoch (got " + std::to_string(patience) + "). Hint: to never stop, leave it out.");
  if (!(min_delta >= 0)) throw ConfigError(fmt::format("[EarlyStopping] min_delta must be at least 0 (got {}).", min_delta));
}

void EarlyStopping::on_epoch(const EpochReport& r) {
  if (!r.val) return;
  const double loss = r.val->mean_loss();
  if (std::isfinite(loss) && (!any_ || loss < best_ - min_delta_)) {
    any_ = true;
    best_ = loss;
    waited_ = 0;
  } else {
    waited_++;
  }
}
std::string EarlyStopping::why() const { return "the validation loss has not fallen for " + std::to_string(waited_) + " epochs"; }
State EarlyStopping::state() const { return {{}, Json::object({{"waited", waited_}, {"best", best_}, {"any", any_}})}; }
void EarlyStopping::load_state(const State& s) {
  waited_ = s.values.at("waited").as_int();
  best_ = s.values.at("best").as_double();
  any_ = s.values.at("any").as_bool();
}

// ---- clipping

ClipGradients::ClipGradients(ClipOptions options) : options_(options) {
  if (!(options.norm >= 0)) throw ConfigError(fmt::format("[clip_gradients] norm must not be negative (got {})", options.norm));
  if (!(options.value >= 0)) throw ConfigError(fmt::format("[clip_gradients] value must not be negative (got {})", options.value));
}
void ClipGradients::on_gradients(Optimizer& optimizer) {
  if (options_.norm == 0 && options_.value == 0) return;
  const NamedParameters parameters = optimizer.parameters();
  if (options_.value > 0) clip_grad_value(parameters, options_.value);
  if (options_.norm > 0) clip_grad_norm(parameters, options_.norm);
}

// ---- schedules

Scheduling::Scheduling(Optimizer& optimizer, Curve curve, std::string name)
    : optimizer_(optimizer), schedule_(std::make_unique<Schedule>(optimizer, std::move(curve))), name_(std::move(name)) {}
Scheduling::Scheduling(Optimizer& optimizer, PlateauOptions options, std::string name)
    : optimizer_(optimizer), plateau_(std::make_unique<ReduceOnPlateau>(optimizer, options)), name_(std::move(name)) {}
void Scheduling::on_update(Optimizer& optimizer) {
  if (schedule_ && &optimizer == &optimizer_) schedule_->step();
}
void Scheduling::on_epoch(const EpochReport& r) {
  if (plateau_ && r.val) plateau_->step(r.val->mean_loss());
}
Stateful* Scheduling::stateful() {
  if (schedule_) return schedule_.get();
  return plateau_.get();
}

// ---- the watch for NaN

namespace {

constexpr const char* nan_advice =
    "\nHint: lower --lr, clip the gradients (--clip-norm 1), and check the data for NaN and for features of very different scale.";

}  // namespace

void NanWatch::on_loss(const LossReport& r) {
  if (!on_ || std::isfinite(r.loss)) return;
  const std::string why = r.task.why_not_finite(r.batch);
  throw NumericError("the loss is not finite" + (why.empty() ? "." : ": " + why) + nan_advice);
}
void NanWatch::on_epoch(const EpochReport& r) {
  if (!on_ || !r.val || std::isfinite(r.val->mean_loss())) return;
  throw NumericError("epoch " + std::to_string(r.epoch) + ", after its last step: the validation loss is " +
                     (std::isnan(r.val->mean_loss()) ? "NaN." : "infinite.") + nan_advice);
}

std::string first_not_finite(const NamedParameters& parameters, const Batch& batch, const std::function<void()>& forward) {
  for (const auto& [path, p] : parameters)
    if (is_floating(p.tensor().dtype()) && !all_finite(p.tensor())) return "the weights '" + path + "' " + p.shape().str() + " hold NaN or infinity.";
  for (const auto& [name, tensor] : batch)
    if (is_floating(tensor.dtype()) && !all_finite(tensor)) return "the batch's '" + name + "' " + tensor.shape().str() + " holds NaN or infinity.";
  try {
    NoGrad off;
    DetectAnomaly watch;
    forward();
  } catch (const NumericError& e) { return e.what(); }
  return "";
}

// ---- checkpoints

Checkpoints::Checkpoints(CheckpointOptions options) : options_(options) {
  if (options.every_steps < 0) throw ConfigError(fmt::format("[checkpoints] every_steps must not be negative (got {})", options.every_steps));
  if (options.every_epochs < 0) throw ConfigError(fmt::format("[checkpoints] every_epochs must not be negative (got {})", options.every_epochs));
}
void Checkpoints::on_step(const StepReport& r) {
  save_ = options_.every_steps > 0 && r.total_step % options_.every_steps == 0 ? Save::yes : Save::no;
}
void Checkpoints::on_epoch(const EpochReport& r) {
  if (options_.keep_best && r.best) save_ = Save::best;
  else save_ = options_.every_epochs > 0 && r.epoch % options_.every_epochs == 0 ? Save::yes : Save::no;
}

}  // namespace cairn
