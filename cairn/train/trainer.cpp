#include <cairn/train/trainer.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/system.h>
#include <cairn/train/checkpoint.h>

namespace cairn {

namespace {

std::string lines_of(const std::vector<std::string>& problems) {
  std::string text;
  for (const std::string& p : problems) text += "\n  " + p;
  return text;
}

}  // namespace

void Totals::add(const StepResult& r) {
  loss += r.loss;
  examples += r.examples;
  if (r.correct >= 0) correct += r.correct, classifies = true;
}
Json Totals::to_json() const { return Json::object({{"loss", loss}, {"examples", examples}, {"correct", correct}, {"classifies", classifies}}); }
Totals Totals::from_json(const Json& j) {
  return {j.at("loss").as_double(), j.at("examples").as_int(), j.at("correct").as_int(), j.at("classifies").as_bool()};
}

Json EpochReport::to_json() const {
  Json line = Json::object({{"event", "epoch"}, {"epoch", epoch}, {"train_loss", train.mean_loss()}});
  if (train.classifies) line["train_accuracy"] = train.accuracy();
  if (val) {
    line["val_loss"] = val->mean_loss();
    if (val->classifies) line["val_accuracy"] = val->accuracy();
  }
  line["seconds"] = seconds;
  return line;
}

// ---- early stopping

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

// ---- the trainer

Trainer::Trainer(Task& task, DataLoader& train, DataLoader* val, TrainerOptions options, Run* run)
    : task_(task), train_(train), val_(val), options_(options), run_(run), best_loss_(std::numeric_limits<double>::infinity()) {}

bool Trainer::resume(std::vector<std::string>& problems) {
  if (!run_) throw StateError("[Trainer::resume] there is nothing to resume without a run.");
  Checkpoint c;
  const std::vector<std::string> all = list_checkpoints(run_->checkpoints());
  if (!newest_sound_checkpoint(run_->checkpoints(), c, problems)) {
    // To begin again would throw away the metrics of what was trained: that is for the user to decide.
    if (!all.empty())
      throw FileError(run_->path() + ": none of its " + std::to_string(all.size()) + " checkpoints is whole, so there is nothing to go on from." +
                      lines_of(problems) + "\nHint: remove " + run_->checkpoints() + " to let the run start from the beginning.");
    run_->cut_metrics(0);
    return false;
  }
  const Json& p = c.progress;
  const std::string which = run_->path() + ": the checkpoint at step " + std::to_string(c.step);
  NamedStates states = task_.states();
  for (auto& callback : callbacks_)
    if (Stateful* s = callback->stateful()) states.push_back({callback->name(), s});
  constexpr const char* other =
      "\nHint: it belongs to another model or version; was config.toml changed since? Bring it back, or train anew under another --name.";
  for (auto& [name, object] : states)
    if (!c.parts.count(name)) throw StateError(which + " holds no '" + name + "'." + other);
  for (auto& [name, object] : states) {
    try {
      object->load_state(c.parts.at(name));
    } catch (const Error& e) { throw StateError(which + " does not fit the " + name + ": " + e.what() + other); }
  }
  epoch_ = p.at("epoch").as_int();
  step_ = p.at("step").as_int();
  total_step_ = c.step;
  totals_ = Totals::from_json(p.at("totals"));
  seconds_ = p.at("seconds").as_double();
  epoch_seconds_ = p.at("epoch_seconds").as_double();
  best_loss_ = p.at("best_loss").is_null() ? std::numeric_limits<double>::infinity() : p.at("best_loss").as_double();
  best_ = p.at("best").as_string();
  stopped_ = p.at("stopped").as_bool();
  set_generator_state({p.at("generator").at("seed").as_uint(), p.at("generator").at("offset").as_uint()});
  try {
    train_.set_state(p.at("loader"));
  } catch (const StateError& e) { throw StateError(which + " does not fit the data: " + e.what() + other); }
  // What is newer than the sound one was skipped, and must not count as one of the two that are kept.
  for (auto path = all.rbegin(); path != all.rend() && !path->ends_with("/" + checkpoint_name(c.step)); ++path) set_aside_checkpoint(*path);
  run_->cut_metrics(p.at("metrics_bytes").as_uint());
  resumed_ = true;
  return true;
}

void Trainer::save(bool best) {
  if (!run_) return;
  Checkpoint c;
  c.step = total_step_;
  if (best) best_ = checkpoint_name(total_step_);
  for (auto& [name, object] : task_.states()) c.parts[name] = object->state();
  for (auto& callback : callbacks_)
    if (Stateful* s = callback->stateful()) c.parts[callback->name()] = s->state();
  const GeneratorState generator = generator_state();
  c.progress = Json::object({{"epoch", epoch_},
                             {"step", step_},
                             {"totals", totals_.to_json()},
                             {"seconds", seconds_},
                             {"epoch_seconds", epoch_seconds_},
                             {"best_loss", best_loss_},
                             {"best", best_},
                             {"stopped", stopped_},
                             {"generator", Json::object({{"seed", Json(generator.seed)}, {"offset", Json(generator.offset)}})},
                             {"loader", train_.state()},
                             {"metrics_bytes", run_->sync_metrics()}});
  write_checkpoint(run_->checkpoints(), c);
  prune_checkpoints(run_->checkpoints(), best_);
}

std::string Trainer::place() const {
  return "epoch " + std::to_string(epoch_ + 1) + ", step " + std::to_string(step_ + 1) + " (" + std::to_string(total_step_ + 1) + " in all): ";
}

bool Trainer::run_epoch() {
  const double start = seconds_now() - epoch_seconds_;
  const int64_t steps = train_.batches();
  if (step_ == 0) {
    totals_ = {};
    train_.set_epoch(epoch_);
  }
  task_.set_training(true);
  // The epoch may have ended exactly where the last checkpoint was taken.
  if (step_ < steps && !all_steps_done())
    for (Batch& batch : train_) {
      StepResult r;
      try {
        r = task_.train_step(batch);
      } catch (const NumericError& e) { throw NumericError(place() + e.what()); } catch (const IndexError& e) {  // a label outside of the classes
        throw IndexError(place() + e.what());
      }
      totals_.add(r);
      step_++;
      total_step_++;
      epoch_seconds_ = seconds_now() - start;
      if (run_ && options_.log_every && total_step_ % options_.log_every == 0) {
        Json line = Json::object({{"event", "step"}, {"step", total_step_}, {"loss", r.loss / double(r.examples)}});
        for (const auto& [name, value] : task_.extras()) line[name] = value;
        run_->append_metrics(line);
      }
      for (auto& callback : callbacks_) callback->on_step({epoch_ + 1, step_, steps, total_step_, &totals_, epoch_seconds_});
      const bool stop = interrupted();
      // The end of an epoch has a checkpoint of its own, after the evaluation.
      if (all_steps_done()) break;
      if (step_ < steps && (stop || (options_.checkpoint_every && total_step_ % options_.checkpoint_every == 0))) save(false);
      if (stop && step_ < steps) return false;
    }

  EpochReport report{epoch_ + 1, totals_, std::nullopt, 0};
  if (val_) report.val = evaluate(*val_);
  const double val_loss = val_ ? report.val->mean_loss() : std::numeric_limits<double>::quiet_NaN();
  if (val_ && !std::isfinite(val_loss))
    throw NumericError(
        "epoch " + std::to_string(epoch_ + 1) + ", after its last step: the validation loss is " + (std::isnan(val_loss) ? "NaN" : "infinite") +
        ".\nHint: lower --lr, clip the gradients (--clip-norm 1), and check the data for NaN and for features of very different scale.");
  task_.end_epoch(val_loss);
  report.seconds = seconds_now() - start;
  seconds_ += report.seconds;
  epoch_seconds_ = 0;
  epoch_++;
  step_ = 0;
  train_.set_epoch(epoch_);
  if (run_) run_->append_metrics(report.to_json());
  for (auto& callback : callbacks_) {
    callback->on_epoch(report);
    stopped_ |= callback->wants_stop();
  }
  const double loss = val_ ? val_loss : totals_.mean_loss();
  const bool best = options_.keep_best && loss < best_loss_;
  if (best) best_loss_ = loss;
  save(best);
  return true;
}

FitResult Trainer::fit() {
  FitResult result;
  const int64_t steps = std::max<int64_t>(1, train_.batches());
  const int64_t epochs = options_.max_steps > 0 ? std::min(options_.epochs, (options_.max_steps + steps - 1) / steps) : options_.epochs;
  for (auto& callback : callbacks_) callback->on_start(epochs, train_.batches());
  const auto more = [&] { return epoch_ < options_.epochs && !all_steps_done(); };
  while (more() && !stopped_ && !result.interrupted) {
    if (!run_epoch()) result.interrupted = true;
    else if (interrupted() && more()) result.interrupted = true;
  }
  if (stopped_)
    for (auto& callback : callbacks_)
      if (callback->wants_stop()) result.stopped_early = callback->why();
  result.epochs = epoch_;
  result.steps = total_step_;
  return result;
}

Totals Trainer::evaluate(DataLoader& loader) {
  NoGrad off;
  task_.set_training(false);
  const GeneratorState before = generator_state();  // a task that draws while evaluating does not change the training
  Totals totals;
  for (Batch& batch : loader) totals.add(task_.eval_step(batch));
  set_generator_state(before);
  task_.set_training(true);
  return totals;
}

}  // namespace cairn
