#include <cairn/train/trainer.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/system.h>
#include <cairn/train/callbacks.h>
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

namespace {

// An epoch without a batch would end at once, and nothing would have been learned.
void check_has_batches(DataLoader& loader, const char* which) {
  if (loader.batches() > 0) return;
  const int64_t n = loader.options().sampler->size(), batch = loader.options().batch_size;
  if (n == 0)
    throw ConfigError(std::string("[Trainer] there is nothing to ") + which + ": its data set has " + std::to_string(loader.data().size()) +
                      " examples, and an epoch visits none of them. Hint: was everything filtered or split away?");
  throw ConfigError(std::string("[Trainer] there is no batch to ") + which + ": drop_last leaves out the " + std::to_string(n) +
                    (n == 1 ? " example" : " examples") + ", which are fewer than batch_size = " + std::to_string(batch) +
                    ". Hint: a batch_size of at most " + std::to_string(n) + ", or drop_last = false.");
}

}  // namespace

// ---- hooks of a step

void StepHooks::loss(double mean, const Batch& batch) {
  told_ = true;
  if (!callbacks_) return;
  for (const auto& callback : *callbacks_) callback->on_loss({mean, batch, *task_});
}
void StepHooks::gradients(Optimizer& optimizer) {
  if (!callbacks_) return;
  NoGrad off;
  for (const auto& callback : *callbacks_) callback->on_gradients(optimizer);
}
void StepHooks::updated(Optimizer& optimizer) {
  if (!callbacks_) return;
  NoGrad off;
  for (const auto& callback : *callbacks_) callback->on_update(optimizer);
}

// ---- the trainer

Trainer::Trainer(Task& task, DataLoader& train, DataLoader* val, TrainerOptions options, Run* run)
    : task_(task), train_(train), val_(val), options_(options), run_(run), best_loss_(std::numeric_limits<double>::infinity()) {
  if (options.epochs < 0) throw ConfigError("[Trainer] epochs must be at least 0 (got " + std::to_string(options.epochs) + ").");
  add(std::make_shared<NanWatch>());
  add(std::make_shared<Checkpoints>());
}

void Trainer::add(std::shared_ptr<Callback> callback) {
  if (!callback) throw StateError("[Trainer::add] the callback is a null pointer.");
  const std::string name = callback->name();
  if (name.empty() && callback->stateful()) throw ConfigError("[Trainer::add] a callback with a state needs a name() to save it under.");
  for (auto& other : callbacks_)
    if (!name.empty() && other->name() == name) {
      other = std::move(callback);
      return;
    }
  callbacks_.push_back(std::move(callback));
}

NamedStates Trainer::states() {
  NamedStates list = task_.states();
  const size_t of_task = list.size();
  for (auto& callback : callbacks_) {
    Stateful* s = callback->stateful();
    if (!s) continue;
    for (size_t i = 0; i < of_task; i++)
      if (list[i].first == callback->name())
        throw ConfigError("[Trainer] a callback has the name '" + list[i].first + "', under which the task saves something of its own.");
    list.push_back({callback->name(), s});
  }
  return list;
}

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
  const NamedStates states = this->states();
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
  return true;
}

void Trainer::save(bool best) {
  if (!run_) return;
  Checkpoint c;
  c.step = total_step_;
  c.config = config_;
  if (best) best_ = checkpoint_name(total_step_);
  for (auto& [name, object] : states()) c.parts[name] = object->state();
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

Save Trainer::wanted() const {
  Save save = Save::no;
  if (run_)
    for (auto& callback : callbacks_) save = std::max(save, callback->wants_checkpoint());
  return save;
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
  Save wish = Save::no;
  // The epoch may have ended exactly where the last checkpoint was taken.
  if (step_ < steps && !all_steps_done())
    for (Batch& batch : train_) {
      StepResult r;
      try {
        task_.hooks_.told_ = false;
        r = task_.train_step(batch);
        if (!task_.hooks_.told_ && r.examples > 0) task_.hooks_.loss(r.loss / double(r.examples), batch);
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
      wish = wanted();
      const bool stop = interrupted();
      if (all_steps_done()) break;
      if (step_ == steps) continue;  // at the end of an epoch it is saved after the evaluation
      if (stop || wish != Save::no) save(wish == Save::best);
      if (stop) return false;
    }

  EpochReport report{epoch_ + 1, totals_, std::nullopt, 0, false};
  if (val_) report.val = evaluate(*val_);
  task_.end_epoch();
  const double loss = val_ ? report.val->mean_loss() : totals_.mean_loss();
  report.best = loss < best_loss_;
  if (report.best) best_loss_ = loss;
  report.seconds = seconds_now() - start;
  seconds_ += report.seconds;
  epoch_seconds_ = 0;
  epoch_++;
  step_ = 0;
  train_.set_epoch(epoch_);
  for (auto& callback : callbacks_) callback->on_epoch(report);
  for (auto& callback : callbacks_) stopped_ |= callback->wants_stop();
  if (run_) run_->append_metrics(report.to_json());
  wish = std::max(wish, wanted());
  const bool stop = interrupted();
  if (wish != Save::no || stop || stopped_ || !more()) save(wish == Save::best);
  last_ = report;
  return !(stop && more());
}

FitResult Trainer::fit() {
  if (more() && !stopped_) {
    check_has_batches(train_, "train on");
    if (val_) check_has_batches(*val_, "validate on");
  }
  FitResult result;
  last_.reset();
  const int64_t steps = std::max<int64_t>(1, train_.batches());
  const int64_t epochs = options_.max_steps > 0 ? std::min(options_.epochs, (options_.max_steps + steps - 1) / steps) : options_.epochs;
  struct Listening {  // while fit runs
    StepHooks& hooks;
    ~Listening() { hooks.callbacks_ = nullptr; }
  } listening{task_.hooks_};
  task_.hooks_.task_ = &task_;
  task_.hooks_.callbacks_ = &callbacks_;
  for (auto& callback : callbacks_) callback->on_start(epochs, train_.batches());
  while (more() && !stopped_ && !result.interrupted) result.interrupted = !run_epoch();
  if (stopped_)
    for (auto& callback : callbacks_)
      if (callback->wants_stop()) result.stopped_early = callback->why();
  result.epochs = epoch_;
  result.steps = total_step_;
  result.last = last_;
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
