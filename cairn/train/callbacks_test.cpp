// Callbacks: what each of the built-in ones does, what one of a user's own may do, and when each hook is called.
#include <cairn/train/callbacks.h>

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/ops/ops.h>
#include <cairn/train/checkpoint.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/in_memory.h>
#include <tests/helpers/small_training.h>

namespace cairn {
namespace {

using namespace small_training;

class CallbacksTest : public ::testing::Test {
  InMemory in_memory_;
};

// The norm of all gradients and the largest size of an element, at each step, as they are when this callback's turn comes.
struct Sizes : Callback {
  void on_gradients(Optimizer& optimizer) override {
    double sum_of_squares = 0, most = 0;
    for (const auto& [path, p] : optimizer.parameters())
      for (double g : p.grad().to_vector<double>()) sum_of_squares += g * g, most = std::max(most, std::abs(g));
    norms.push_back(std::sqrt(sum_of_squares)), largest.push_back(most);
  }
  std::vector<double> norms, largest;
};
Sizes sizes_with(const ClipOptions& clip) {
  Training t(small(1), nullptr);
  const auto sizes = std::make_shared<Sizes>();
  t.add(std::make_shared<ClipGradients>(clip));
  t.add(sizes);
  t.trainer.fit();
  return *sizes;
}

TEST_F(CallbacksTest, ClippingByNormScalesWhatIsLonger) {
  const Sizes free = sizes_with({}), cut = sizes_with({.norm = 0.05}), wide = sizes_with({.norm = 1e6});
  ASSERT_EQ(free.norms.size(), 6u);
  EXPECT_GT(free.norms[0], 0.1) << "nothing to clip: this test could not fail";
  for (double n : cut.norms) EXPECT_NEAR(n, 0.05, 1e-5);
  EXPECT_NEAR(cut.largest[0], free.largest[0] * 0.05 / free.norms[0], 1e-6) << "the direction stays";
  EXPECT_EQ(wide.norms, free.norms);
}

TEST_F(CallbacksTest, ClippingByValueCutsElements) {
  const Sizes free = sizes_with({}), cut = sizes_with({.value = 0.01}), both = sizes_with({.norm = 0.02, .value = 0.01});
  EXPECT_GT(free.largest[0], 0.02);
  for (double v : cut.largest) EXPECT_LE(v, 0.01f);
  EXPECT_GT(cut.norms[0], 0.02);
  EXPECT_NEAR(both.norms[0], 0.02, 1e-5) << "cut first, then scaled";
  EXPECT_NEAR(both.largest[0], 0.01 * 0.02 / cut.norms[0], 1e-5);
}

TEST_F(CallbacksTest, TheOptionsClip) {
  TrainOptions o = small(1);
  o.clip_norm = 0.05;
  o.clip_value = 0.01;
  Training t(o, nullptr);
  const auto sizes = std::make_shared<Sizes>();
  t.add(sizes);
  t.trainer.fit();
  for (double n : sizes->norms) EXPECT_LE(n, 0.0501);
  for (double v : sizes->largest) EXPECT_LE(v, 0.01f);
  Fields fields = fields_of(o);
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { fields.set("clip_value", "-1", "--clip-value"); }), "--clip-value"));
  fields.set("clip_value", "0.5", "--clip-value");
  EXPECT_EQ(o.clip_value, 0.5);
}

TEST_F(CallbacksTest, OptionsOutsideOfTheirRangeAreErrors) {
  EXPECT_TRUE(contains(message_of<ConfigError>([] { ClipGradients({.norm = -1}); }), "[clip_gradients] norm must not be negative (got -1)"));
  EXPECT_TRUE(contains(message_of<ConfigError>([] { ClipGradients({.value = -2}); }), "[clip_gradients] value must not be negative (got -2)"));
  EXPECT_TRUE(contains(message_of<ConfigError>([] { ClipGradients({.norm = NAN}); }), "norm must not be negative"));
  EXPECT_TRUE(contains(message_of<ConfigError>([] { Checkpoints({.every_steps = -1}); }), "every_steps must not be negative (got -1)"));
  EXPECT_TRUE(contains(message_of<ConfigError>([] { Checkpoints({.every_epochs = -1}); }), "every_epochs must not be negative (got -1)"));
  EXPECT_TRUE(contains(message_of<ConfigError>([] { EarlyStopping(0); }), "[EarlyStopping] patience must be at least 1 epoch (got 0). Hint: "));
  EXPECT_TRUE(contains(message_of<ConfigError>([] { EarlyStopping(3, NAN); }), "min_delta must be at least 0 (got nan)"));
  Training t(small(1), nullptr);
  EXPECT_TRUE(contains(message_of<StateError>([&] { t.trainer.add(nullptr); }), "[Trainer::add] the callback is a null pointer"));
}

// ---- schedules

TEST_F(CallbacksTest, ACurveMovesAfterEachStepOfTheOptimiser) {
  TrainOptions o = small(1);
  o.accumulate = 2;  // three steps in six batches
  Training t(o, nullptr);
  t.add(std::make_shared<Scheduling>(*t.optimizer, ExponentialLR{0.5}));
  t.trainer.fit();
  EXPECT_DOUBLE_EQ(t.optimizer->lr(), 0.01 / 8);
}

TEST_F(CallbacksTest, APlateauListensToTheValidationLoss) {
  TrainOptions o = small(4);
  o.optimizer = "sgd";
  o.lr = 1e-12;  // nothing is learned
  Training t(o, nullptr);
  t.add(std::make_shared<Scheduling>(*t.optimizer, PlateauOptions{.factor = 0.5, .patience = 1, .smallest_change = 0}));
  t.trainer.fit();
  EXPECT_DOUBLE_EQ(t.optimizer->lr(), 0.5e-12) << "the first epoch is the best, the second is waited for, the third cuts";
  o.val_share = 0;
  Training without(o, nullptr);
  without.add(std::make_shared<Scheduling>(*without.optimizer, PlateauOptions{.factor = 0.5, .patience = 0}));
  without.trainer.fit();
  EXPECT_DOUBLE_EQ(without.optimizer->lr(), 1e-12) << "nothing to listen to";
}

// ---- a task of one's own, with two models and two optimisers, as a GAN has

class Two : public Task {
 public:
  explicit Two(bool tells) : tells_(tells) {}
  StepResult train_step(const Batch& batch) override {
    double sum = 0;
    for (size_t i = 0; i < 2; i++) {
      Tensor loss = mean(square(models[i].apply(batch["x"]))) * (poisoned ? NAN : 1.0);
      sum += loss.item();
      if (tells_) hooks_.loss(loss.item(), batch);
      optimizers[i].zero_grad();
      loss.backward();
      if (tells_ && i == 1) hooks_.gradients(optimizers[i]);
      optimizers[i].step();
      if (tells_ && i == 1) hooks_.updated(optimizers[i]);
    }
    return {sum * double(batch.size()), batch.size()};
  }
  StepResult eval_step(const Batch& batch) override { return {0, batch.size()}; }
  void set_training(bool) override {}
  NamedStates states() override { return {{"first", &models[0]}, {"second", &models[1]}}; }
  std::string why_not_finite(const Batch&) override { return tells_ ? "somebody poisoned it." : ""; }
  Sequential models[2] = {Sequential(Linear(4, 1)), Sequential(Linear(4, 1))};
  SGD optimizers[2] = {SGD(models[0].parameters(), {.lr = 0.1}), SGD(models[1].parameters(), {.lr = 0.1})};
  bool poisoned = false;

 private:
  bool tells_;
};
struct OfTwo {
  explicit OfTwo(bool tells) : task(tells), loader(points(22, 1), {.batch_size = 4}), trainer(task, loader, nullptr, {.epochs = 1}) {}
  Two task;
  DataLoader loader;
  Trainer trainer;
};

TEST_F(CallbacksTest, AScheduleMovesWithItsOwnOptimiser) {
  OfTwo t(true);
  t.trainer.add(std::make_shared<Scheduling>(t.task.optimizers[0], ExponentialLR{0.5}, "schedule_first"));
  t.trainer.add(std::make_shared<Scheduling>(t.task.optimizers[1], ExponentialLR{0.5}, "schedule_second"));
  t.trainer.fit();
  EXPECT_DOUBLE_EQ(t.task.optimizers[0].lr(), 0.1) << "its task says nothing of this one";
  EXPECT_DOUBLE_EQ(t.task.optimizers[1].lr(), 0.1 / 64);
}

// ---- the watch for NaN

TEST_F(CallbacksTest, EveryTrainerWatchesForNan) {
  for (const bool tells : {true, false}) {
    OfTwo t(tells);
    t.task.poisoned = true;
    const std::string text = message_of<NumericError>([&] { t.trainer.fit(); });
    EXPECT_TRUE(text.starts_with(std::string("epoch 1, step 1 (1 in all): the loss is not finite") + (tells ? ": somebody poisoned it.\n" : ".\n")));
    EXPECT_TRUE(contains(text, "Hint: lower --lr"));
    const std::vector<double> weights = t.task.models[0].parameters()[0].second.tensor().to_vector<double>();
    EXPECT_EQ(std::isnan(weights[0]), !tells) << "one that is told before backward never reaches the weights";
  }
}

TEST_F(CallbacksTest, TheWatchForNanCanBeSwitchedOff) {
  OfTwo t(true);
  t.task.poisoned = true;
  t.trainer.add(std::make_shared<NanWatch>(false));
  EXPECT_EQ(t.trainer.fit().steps, 6);
}

// ---- checkpoints

// After each epoch the weights are far off: the first is the best.
struct Spoil : Callback {
  explicit Spoil(Module& model) : model(model) {}
  void on_epoch(const EpochReport&) override {
    NoGrad off;
    for (const auto& [path, p] : model.parameters()) Tensor(p.tensor()).copy_(p.tensor() * 10.0);
  }
  Module& model;
};

std::set<int64_t> saved(const TrainOptions& o, const CheckpointOptions& options, bool spoil = false) {
  struct Saves : Callback {  // what is there after each step and epoch
    void on_step(const StepReport&) override { look(); }
    void on_epoch(const EpochReport&) override { look(); }
    void look() {
      for (const std::string& path : list_checkpoints(run->checkpoints())) steps.insert(std::stoll(path.substr(path.rfind('-') + 1)));
    }
    Folder* run = nullptr;
    std::set<int64_t> steps;
  };
  TempFolder folder;
  Folder run = new_run(folder.path(), "r");
  Training t(o, &run);
  const auto saves = std::make_shared<Saves>();
  saves->run = &run;
  t.add(std::make_shared<Checkpoints>(options));
  t.add(saves);
  if (spoil) t.add(std::make_shared<Spoil>(t.model));
  t.trainer.fit();
  saves->look();
  return saves->steps;
}

TEST_F(CallbacksTest, CheckpointsAreWrittenWhenTheyAreAskedFor) {
  using Steps = std::set<int64_t>;
  const TrainOptions o = small(3);  // six steps each
  EXPECT_EQ(saved(o, {.keep_best = false}), (Steps{6, 12, 18}));
  EXPECT_EQ(saved(o, {.every_steps = 4, .keep_best = false}), (Steps{4, 6, 8, 12, 16, 18}));
  EXPECT_EQ(saved(o, {.every_steps = 4, .every_epochs = 0, .keep_best = false}), (Steps{4, 8, 12, 16, 18})) << "12 is the end of an epoch";
  EXPECT_EQ(saved(o, {.every_epochs = 2, .keep_best = false}), (Steps{12, 18})) << "the end is always saved";
  EXPECT_EQ(saved(o, {.every_epochs = 0}, true), (Steps{6, 18})) << "the best, and the end";
  EXPECT_EQ(saved(o, {.every_epochs = 0, .keep_best = false}, true), (Steps{18}));
}

TEST_F(CallbacksTest, TheBestStaysBesideTheNewestTwo) {
  TempFolder folder;
  Folder run = new_run(folder.path(), "r");
  Training t(small(5), &run);
  t.add(std::make_shared<Spoil>(t.model));
  t.trainer.fit();
  const std::vector<std::string> left = list_checkpoints(run.checkpoints());
  ASSERT_EQ(left.size(), 3u);
  EXPECT_TRUE(left[0].ends_with(checkpoint_name(6))) << left[0];
}

// ---- one of a user's own

// Noise on every gradient, less with time (Neelakantan et al. 2015). As in docs/engine.md.
struct GradientNoise : Callback, Stateful {
  void on_gradients(Optimizer& optimizer) override {
    const double deviation = 0.1 / std::pow(1.0 + double(step++), 0.275);
    for (const auto& [path, p] : optimizer.parameters())
      if (Tensor g = p.grad(); g.defined()) g.copy_(g + randn(g.shape()) * deviation);
  }
  Stateful* stateful() override { return this; }
  std::string name() const override { return "gradient_noise"; }
  State state() const override { return {{}, Json::object({{"step", step}})}; }
  void load_state(const State& s) override { step = s.values.at("step").as_int(); }
  int64_t step = 0;
};

TEST_F(CallbacksTest, OneOfAUsersOwnSeesGradientsAndChangesThem) {
  struct Zero : Callback {
    void on_gradients(Optimizer& optimizer) override {
      for (const auto& [path, p] : optimizer.parameters()) Tensor(p.tensor()).set_grad(zeros(p.shape()));
    }
  };
  TrainOptions o = small(1);
  o.optimizer = "sgd";
  const auto weights = [&](const std::shared_ptr<Callback>& callback, bool train) {
    Training t(o, nullptr);
    if (callback) t.add(callback);
    if (train) t.trainer.fit();
    return t.model.parameters()[0].second.tensor().to_vector<double>();
  };
  const std::vector<double> start = weights(nullptr, false), free = weights(nullptr, true);
  EXPECT_NE(free, start);
  EXPECT_EQ(weights(std::make_shared<Zero>(), true), start);
  const auto noise = std::make_shared<GradientNoise>();
  const std::vector<double> noisy = weights(noise, true);
  EXPECT_NE(noisy, free);
  EXPECT_EQ(noise->step, 6);
  EXPECT_EQ(weights(std::make_shared<GradientNoise>(), true), noisy) << "its noise comes from the engine's generator";
}

TEST_F(CallbacksTest, ATrainingWithAllOfThemGoesOnToTheSameBits) {
  TrainOptions o = small(3);
  o.checkpoint_every = 2;
  o.clip_value = 0.05;
  o.clip_norm = 0.1;
  o.schedule = "cosine";
  o.patience = 2;
  o.accumulate = 2;
  const Extra extra = [](Training& t) {
    t.add(std::make_shared<GradientNoise>());
    t.add(std::make_shared<Scheduling>(*t.optimizer, PlateauOptions{.factor = 0.5, .patience = 0}, "plateau"));
  };
  const Outcome whole = uncut(o, extra);
  EXPECT_EQ(uncut(o, extra), whole) << "two uncut trainings differ, so this test could not tell anything";
  EXPECT_FALSE(uncut(o) == whole);
  for (int64_t step = 1; step <= whole.steps; step++) EXPECT_TRUE(cut(o, {{step, false}}, nullptr, extra) == whole) << "killed at step " << step;
  EXPECT_TRUE(cut(o, {{3, false}, {1, true}, {9, false}, {2, true}, {17, false}}, nullptr, extra) == whole) << "killed five times";
}

// ---- the hooks

struct Log : Callback {
  void on_start(int64_t epochs, int64_t steps) override { text += "start" + std::to_string(epochs * steps) + " "; }
  void on_loss(const LossReport& r) override { text += std::isfinite(r.loss) && r.batch.size() ? "loss " : "?"; }
  void on_gradients(Optimizer&) override { text += "gradients "; }
  void on_update(Optimizer&) override { text += "update "; }
  void on_step(const StepReport& r) override { text += "step" + std::to_string(r.total_step) + " "; }
  void on_epoch(const EpochReport& r) override { text += std::string(r.best ? "best " : "") + "epoch" + std::to_string(r.epoch) + " "; }
  std::string text;
};

TEST_F(CallbacksTest, HooksAreCalledInTheirOrder) {
  TrainOptions o = small(1);
  o.accumulate = 2;
  o.max_steps = 3;
  Training t(o, nullptr);
  const auto log = std::make_shared<Log>();
  t.add(log);
  const FitResult result = t.trainer.fit();
  ASSERT_TRUE(result.last);
  EXPECT_EQ(result.last->epoch, 1);
  EXPECT_EQ(log->text, "start6 loss step1 loss gradients update step2 loss step3 best epoch1 ");
  log->text = "";
  t.task.train_step(t.train.data().get_batch(std::vector<int64_t>{0, 1}));
  EXPECT_EQ(log->text, "") << "outside of fit nobody listens";
}

TEST_F(CallbacksTest, OneOfTheSameNameTakesThePlace) {
  Training t(small(1), nullptr);
  const auto first = std::make_shared<GradientNoise>(), second = std::make_shared<GradientNoise>();
  t.add(first);
  t.add(second);
  t.trainer.fit();
  EXPECT_EQ(first->step, 0);
  EXPECT_EQ(second->step, 6);
}

TEST_F(CallbacksTest, AStateNeedsANameOfItsOwn) {
  struct Named : GradientNoise {
    explicit Named(std::string called) : called(std::move(called)) {}
    std::string name() const override { return called; }
    std::string called;
  };
  TempFolder folder;
  Folder run = new_run(folder.path(), "r");
  Training t(small(1), &run);
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { t.trainer.add(std::make_shared<Named>("")); }), "needs a name() to save it under"));
  t.trainer.add(std::make_shared<Named>("model"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { t.trainer.fit(); }), "has the name 'model'"));
}

}  // namespace
}  // namespace cairn
