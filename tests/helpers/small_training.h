// A training of a fraction of a second with everything in it, and the same one killed at any step and resumed.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <cairn/train/options.h>
#include <cairn/train/trainer.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::small_training {

using Folder = cairn::Run;  // GoogleTest has a Run of its own

// Three classes of points, 22 to train on (six batches of four, the last of two), nine to choose by.
inline std::shared_ptr<Dataset> points(int64_t n, uint64_t seed) {
  Random r(seed);
  std::vector<float> x;
  std::vector<int64_t> y;
  for (int64_t i = 0; i < n; i++) {
    const int64_t c = int64_t(r.below(3));
    for (int k = 0; k < 4; k++) x.push_back(float(r.normal() + (k == c ? 1.5 : 0)));
    y.push_back(c);
  }
  return std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", from_span(std::span<const float>(x), {n, 4})}, {"y", from_vector(y)}});
}

inline TrainOptions small(int64_t epochs = 3) {
  TrainOptions o;
  o.epochs = epochs;
  o.batch_size = 4;
  o.lr = 0.01;
  return o;
}

// Everything of one training; made anew for each life of the process.
struct Training {
  Training(TrainOptions options, Folder* run, int64_t hidden = 6, double dropout = 0.3, std::shared_ptr<Dataset> data = points(22, 1))
      : o(options),
        model(seeded(hidden, dropout)),
        train(data, {.batch_size = o.batch_size, .shuffle = true, .workers = o.workers, .seed = 5}),
        val(points(9, 2), {.batch_size = 5}),
        optimizer(o.make_optimizer(model)),
        task(model, *optimizer, Objective::classify, o.supervised()),
        trainer(task, train, o.val_share > 0 ? &val : nullptr, trainer_options(), run) {
    for (const auto& callback : o.callbacks(*optimizer, train.batches())) add(callback);
  }
  void add(const std::shared_ptr<Callback>& callback) {
    trainer.add(callback);
    callbacks.push_back(callback);
  }
  static Sequential seeded(int64_t hidden, double dropout) {
    manual_seed(11);
    return Sequential(Linear(4, hidden), ReLU(), Dropout(dropout), Linear(hidden, 3));
  }
  TrainerOptions trainer_options() const {
    TrainerOptions t = o.trainer();
    t.log_every = 2;
    return t;
  }
  // Weights, moments, averages, what the callbacks remember, and the generator.
  std::string bits() {
    std::string text;
    NamedStates states = task.states();
    for (const auto& callback : callbacks)
      if (Stateful* s = callback->stateful()) states.push_back({callback->name(), s});
    for (auto& [name, object] : states) {
      const State s = object->state();
      text += name + s.values.dump();
      for (const auto& [path, t] : s.tensors)
        text += path + std::string(static_cast<const char*>(t.contiguous().array().raw()), size_t(t.numel() * size_of(t.dtype())));
    }
    return text + std::to_string(generator_state().offset);
  }

  TrainOptions o;
  Sequential model;
  DataLoader train, val;
  std::unique_ptr<Optimizer> optimizer;
  Supervised task;
  Trainer trainer;
  std::vector<std::shared_ptr<Callback>> callbacks;
};

inline Folder new_run(const std::string& runs, const std::string& name) {
  return Folder::create(runs, "test", name, "", Json::object({{"threads", 1}}));
}

// The metrics without what the clock says.
inline std::string lines(const Folder& run) {
  std::string text;
  for (const Json& line : run.metrics()) {
    Json::Object kept;
    for (const auto& member : line.as_object())
      if (member.first != "seconds") kept.push_back(member);
    text += Json(kept).dump() + "\n";
  }
  return text;
}

struct Killed {};
// Ends the process, as far as the Trainer can tell: nothing after this moment happens.
struct KillAt : Callback {
  KillAt(int64_t step, bool after_epoch) : step(step), after_epoch(after_epoch) {}
  void on_step(const StepReport& r) override {
    if (!after_epoch && r.total_step == step) throw Killed{};
  }
  void on_epoch(const EpochReport& r) override {
    if (after_epoch && r.epoch == step) throw Killed{};
  }
  int64_t step;
  bool after_epoch;
};

struct Outcome {
  std::string bits, metrics;
  int64_t epochs = 0, steps = 0;
  std::string why;
  bool operator==(const Outcome& o) const { return bits == o.bits && metrics == o.metrics && epochs == o.epochs && steps == o.steps && why == o.why; }
};
inline Outcome outcome(Training& t, const Folder& run, const FitResult& r) { return {t.bits(), lines(run), r.epochs, r.steps, r.stopped_early}; }

// What else a training gets, made anew for each life.
using Extra = std::function<void(Training&)>;

inline Outcome uncut(const TrainOptions& o, const Extra& extra = {}) {
  TempFolder folder;
  Folder run = new_run(folder.path(), "r");
  Training t(o, &run);
  if (extra) extra(t);
  return outcome(t, run, t.trainer.fit());
}

// The same training, killed at each of `kills` in turn (in one run), then finished.
inline Outcome cut(const TrainOptions& o, const std::vector<std::pair<int64_t, bool>>& kills, std::vector<int64_t>* resumed_at = nullptr,
                   const Extra& extra = {}) {
  TempFolder folder;
  { new_run(folder.path(), "r"); }
  for (size_t life = 0; life <= kills.size(); life++) {
    Folder run = Folder::open(folder.path(), "r", true);
    Training t(o, &run);
    if (extra) extra(t);
    if (life < kills.size()) t.trainer.add(std::make_shared<KillAt>(kills[life].first, kills[life].second));
    if (life > 0) {
      std::vector<std::string> problems;
      t.trainer.resume(problems);
      EXPECT_TRUE(problems.empty());
      if (resumed_at) resumed_at->push_back(t.trainer.resumed_at());
    }
    try {
      return outcome(t, run, t.trainer.fit());
    } catch (const Killed&) {}
  }
  return {};
}

}  // namespace cairn::small_training
