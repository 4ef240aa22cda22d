// The Trainer: a training that is cut anywhere and goes on ends with the same bits and the same metrics as one that was not.
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <functional>
#include <map>
#include <sstream>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/train/checkpoint.h>
#include <tests/helpers/in_memory.h>
#include <tests/helpers/recording_disk.h>
#include <tests/helpers/small_training.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

using namespace small_training;

struct Case {
  const char* name;
  std::function<void(TrainOptions&)> change;
};
class TrainerTest : public ::testing::Test {
  InMemory in_memory_;
};
class Resume : public ::testing::TestWithParam<Case> {
  InMemory in_memory_;
};

TEST_P(Resume, GivesTheSameBitsWhereverTheTrainingWasCut) {
  TrainOptions o = small();
  o.checkpoint_every = 2;
  GetParam().change(o);
  const Outcome whole = uncut(o);
  ASSERT_FALSE(whole.metrics.empty());
  EXPECT_EQ(uncut(o), whole) << "two uncut trainings differ, so this test could not tell anything";
  for (int64_t step = 1; step <= whole.steps; step++) EXPECT_TRUE(cut(o, {{step, false}}) == whole) << "killed at step " << step;
  for (int64_t epoch = 1; epoch <= whole.epochs; epoch++) EXPECT_TRUE(cut(o, {{epoch, true}}) == whole) << "killed at the end of epoch " << epoch;
  EXPECT_TRUE(cut(o, {{3, false}, {5, false}, {7, false}, {1, true}, {2, true}, {14, false}}) == whole) << "killed six times";
}

INSTANTIATE_TEST_SUITE_P(
    Options, Resume,
    ::testing::Values(Case{"adam", [](TrainOptions&) {}},                                    //
                      Case{"every_step", [](TrainOptions& o) { o.checkpoint_every = 1; }},   //
                      Case{"epochs_only", [](TrainOptions& o) { o.checkpoint_every = 0; }},  //
                      Case{"sgd_momentum_cosine",
                           [](TrainOptions& o) { o.optimizer = "sgd", o.momentum = 0.9, o.schedule = "cosine", o.warmup = 0.5; }},
                      Case{"nadam_one_cycle", [](TrainOptions& o) { o.optimizer = "nadam", o.schedule = "one-cycle"; }},  //
                      Case{"rmsprop_step", [](TrainOptions& o) { o.optimizer = "rmsprop", o.schedule = "step"; }},        //
                      Case{"adagrad_exponential", [](TrainOptions& o) { o.optimizer = "adagrad", o.schedule = "exponential", o.warmup = 1; }},
                      Case{"adamw_plateau", [](TrainOptions& o) { o.optimizer = "adamw", o.schedule = "plateau", o.weight_decay = 0.1; }},
                      Case{"ema", [](TrainOptions& o) { o.ema = 0.9; }},            //
                      Case{"bf16", [](TrainOptions& o) { o.precision = "bf16"; }},  //
                      Case{"accumulation", [](TrainOptions& o) { o.accumulate = 4, o.clip_norm = 0.1, o.schedule = "cosine"; }},
                      Case{"clip_value", [](TrainOptions& o) { o.clip_value = 0.02; }},
                      Case{"early_stopping", [](TrainOptions& o) { o.patience = 1, o.lr = 0.5, o.epochs = 6; }},  //
                      Case{"workers", [](TrainOptions& o) { o.workers = 2; }},                                    //
                      Case{"no_validation", [](TrainOptions& o) { o.val_share = 0; }}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(TrainerTest, NumberOfWorkersDoesNotChangeTheResult) {
  TrainOptions none = small(), two = small();
  two.workers = 2;
  EXPECT_EQ(uncut(none).bits, uncut(two).bits);
}

TEST_F(TrainerTest, EarlyStoppingStopsAndIsRemembered) {
  TrainOptions o = small(20);
  o.patience = 1;
  o.lr = 0.5;
  const Outcome whole = uncut(o);
  EXPECT_LT(whole.epochs, 20);
  EXPECT_NE(whole.why.find("has not fallen for 1 epoch"), std::string::npos) << whole.why;
  // Killed after the last checkpoint: the next life finds that it had stopped.
  TempFolder folder;
  {
    Folder run = new_run(folder.path(), "r");
    Training t(o, &run);
    t.trainer.fit();
  }
  Folder run = Folder::open(folder.path(), "r", true);
  Training t(o, &run);
  std::vector<std::string> problems;
  ASSERT_TRUE(t.trainer.resume(problems));
  EXPECT_EQ(outcome(t, run, t.trainer.fit()), whole);
}

TEST_F(TrainerTest, RepeatsOnlyTheStepsAfterTheNewestCheckpoint) {
  TrainOptions o = small();
  o.checkpoint_every = 4;
  std::vector<int64_t> at;
  cut(o, {{3, false}, {5, false}, {9, false}, {13, false}}, &at);
  EXPECT_EQ(at, (std::vector<int64_t>{0, 4, 8, 12}));
}

TEST_F(TrainerTest, AScheduleLastsAsLongAsTheTrainingWhenGradientsAccumulateAcrossEpochs) {
  TrainOptions o = small(5);  // 6 batches an epoch: 30 in all, so 7 steps of the optimiser and 2 batches left over
  o.accumulate = 4;
  for (const char* schedule : {"one-cycle", "cosine"}) {
    o.schedule = schedule;
    Training t(o, nullptr);
    t.trainer.fit();
    EXPECT_LT(t.optimizer->lr(), 0.01 * o.lr) << schedule;
  }
}

TEST_F(TrainerTest, MilestonesAreStepsAfterWhichTheRateIsATenth) {
  TrainOptions o = small(3);  // 6 batches an epoch
  o.schedule = "multi-step";
  o.milestones = "7, 15";
  std::vector<double> rates;
  struct Watch : Callback {
    void on_step(const StepReport&) override { rates->push_back(training->optimizer->lr()); }
    Training* training;
    std::vector<double>* rates;
  };
  const auto watched = [&] {
    rates.clear();
    Training t(o, nullptr);
    rates.push_back(t.optimizer->lr());
    auto watch = std::make_shared<Watch>();
    watch->training = &t, watch->rates = &rates;
    t.trainer.add(watch);
    t.trainer.fit();
  };
  watched();
  ASSERT_EQ(rates.size(), 19u);  // the rate of step i, and of the one that does not come
  for (size_t i = 0; i < rates.size(); i++) EXPECT_DOUBLE_EQ(rates[i], i < 7 ? 0.01 : i < 15 ? 0.001 : 0.0001) << i;
  o.warmup = 0.5;  // 3 steps, which do not move the milestones
  watched();
  EXPECT_DOUBLE_EQ(rates[0], 0.01 / 3);
  for (size_t i = 3; i < rates.size(); i++) EXPECT_NEAR(rates[i], i < 7 ? 0.01 : i < 15 ? 0.001 : 0.0001, 1e-12) << i;
  o.warmup = 0;
  o.accumulate = 2;  // steps of the optimiser, not batches
  o.milestones = "4";
  watched();
  EXPECT_DOUBLE_EQ(rates[7], 0.01);
  EXPECT_DOUBLE_EQ(rates[8], 0.001);
}

TEST_F(TrainerTest, MilestonesThatAreNoneAreRefused) {
  TrainOptions o = small();
  o.schedule = "multi-step";
  for (const char* text : {"", "7,7", "9,8", "0", "-3", "a half", "1e3", "5,,6", "3,"}) {
    o.milestones = text;
    EXPECT_THROW(Training(o, nullptr), ConfigError) << text;
  }
  o.milestones = "32000,48000";
  EXPECT_NO_THROW(Training(o, nullptr));
}

TEST_F(TrainerTest, StopsAfterTheLastStepThatIsAllowedAndEvaluatesThere) {
  TrainOptions o = small(5);  // 6 batches an epoch
  o.checkpoint_every = 2;
  o.max_steps = 8;
  const Outcome whole = uncut(o);
  EXPECT_EQ(whole.steps, 8);
  EXPECT_EQ(whole.epochs, 2);
  EXPECT_NE(whole.metrics.find("\"epoch\":2"), std::string::npos) << whole.metrics;
  EXPECT_EQ(cut(o, {{3, false}, {1, true}, {7, false}, {2, true}}), whole);
  TrainOptions longer = small(2);
  longer.max_steps = 100;  // more than there are: the epochs end it
  EXPECT_EQ(uncut(longer), uncut(small(2)));
  o.max_steps = 6;  // the end of an epoch: no other one begins
  EXPECT_EQ(uncut(o).epochs, 1);
}

TEST_F(TrainerTest, MetricsCountEveryStepOnce) {
  TrainOptions o = small();
  o.checkpoint_every = 2;
  TempFolder folder;
  const Outcome result = cut(o, {{5, false}, {1, true}, {11, false}});
  std::vector<int64_t> steps, epochs;
  std::istringstream in(result.metrics);
  for (std::string line; std::getline(in, line);) {
    const Json j = Json::parse(line);
    (j.at("event") == Json("step") ? steps : epochs).push_back(j.at(j.at("event") == Json("step") ? "step" : "epoch").as_int());
  }
  EXPECT_EQ(steps, (std::vector<int64_t>{2, 4, 6, 8, 10, 12, 14, 16, 18}));
  EXPECT_EQ(epochs, (std::vector<int64_t>{1, 2, 3}));
}

TEST_F(TrainerTest, EvaluationLeavesTheGeneratorAndTheMode) {
  Training t(small(), nullptr);
  t.task.set_training(true);
  const GeneratorState before = generator_state();
  const Totals first = t.trainer.evaluate(t.val), second = t.trainer.evaluate(t.val);
  EXPECT_EQ(generator_state().offset, before.offset);
  EXPECT_EQ(first.loss, second.loss) << "dropout must be off";
  EXPECT_EQ(first.examples, 9);
  EXPECT_TRUE(t.model.training());
}

TEST_F(TrainerTest, CtrlCSavesMidEpochAndTheRunGoesOnToTheSameBits) {
  TrainOptions o = small();
  o.checkpoint_every = 0;
  const Outcome whole = uncut(o);
  struct Interrupt : Callback {
    void on_step(const StepReport& r) override {
      if (r.total_step == 8) raise(SIGINT);
    }
  };
  TempFolder folder;
  {
    catch_interrupt();
    Folder run = new_run(folder.path(), "r");
    Training t(o, &run);
    t.trainer.add(std::make_shared<Interrupt>());
    const FitResult result = t.trainer.fit();
    clear_interrupt();
    EXPECT_TRUE(result.interrupted);
    EXPECT_EQ(result.steps, 8);
  }
  Folder run = Folder::open(folder.path(), "r", true);
  Training t(o, &run);
  std::vector<std::string> problems;
  ASSERT_TRUE(t.trainer.resume(problems));
  EXPECT_EQ(t.trainer.resumed_at(), 8);
  EXPECT_EQ(outcome(t, run, t.trainer.fit()), whole);
}

// ---- what goes wrong

template <class F> std::string error_of(F f) {
  try {
    f();
  } catch (const Error& e) { return std::string(e.type()) + ": " + e.what(); }
  return "";
}

TEST_F(TrainerTest, NanInTheDataStopsItAndNamesEpochStepAndTensor) {
  auto bad = std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", full({22, 4}, NAN)}, {"y", zeros({22}, i64)}});
  Training t(small(), nullptr, 6, 0.3, bad);
  const std::string text = error_of([&] { t.trainer.fit(); });
  EXPECT_TRUE(text.starts_with("NumericError: epoch 1, step 1 (1 in all): ")) << text;
  EXPECT_NE(text.find("the batch's 'x' [4, 4] holds NaN"), std::string::npos) << text;
  EXPECT_NE(text.find("Hint: lower --lr"), std::string::npos) << text;
}

TEST_F(TrainerTest, WeightsThatExplodeStopItAndTheRunKeepsItsOlderCheckpoint) {
  TrainOptions o = small();
  o.optimizer = "sgd";
  o.lr = 1e38;
  TempFolder folder;
  Folder run = new_run(folder.path(), "r");
  Training t(o, &run);
  const std::string text = error_of([&] { t.trainer.fit(); });
  EXPECT_TRUE(text.starts_with("NumericError: epoch 1, step ")) << text;
  EXPECT_NE(text.find("Hint: lower --lr"), std::string::npos) << text;
  EXPECT_TRUE(list_checkpoints(run.checkpoints()).empty());
}

TEST_F(TrainerTest, ANanInAWeightIsNamed) {
  Training t(small(), nullptr);
  {
    NoGrad off;
    Tensor weight = t.model.parameters()[2].second.tensor();
    weight.fill_(NAN);
  }
  const std::string text = error_of([&] { t.trainer.fit(); });
  EXPECT_NE(text.find("the weights '" + t.model.parameters()[2].first + "'"), std::string::npos) << text;
}

TEST_F(TrainerTest, AnInfiniteValidationLossStopsIt) {
  Training t(small(), nullptr);
  Training other(small(), nullptr);
  auto bad = std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", full({3, 4}, NAN)}, {"y", zeros({3}, i64)}});
  DataLoader val(bad, {.batch_size = 3});
  Trainer trainer(t.task, t.train, &val, t.o.trainer());
  const std::string text = error_of([&] { trainer.fit(); });
  EXPECT_TRUE(text.starts_with("NumericError: epoch 1, after its last step: the validation loss is NaN")) << text;
}

TEST_F(TrainerTest, ALabelOutsideTheClassesIsNamedWithItsStep) {
  auto bad = std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", ones({22, 4})}, {"y", full({22}, 3, i64)}});
  Training t(small(), nullptr, 6, 0.3, bad);
  const std::string text = error_of([&] { t.trainer.fit(); });
  EXPECT_TRUE(text.starts_with("IndexError: epoch 1, step 1 (1 in all): ")) << text;
  EXPECT_NE(text.find("3"), std::string::npos) << text;
}

TEST_F(TrainerTest, ATrainingWithoutABatchIsRefusedWithTheSizes) {
  Training t(small(), nullptr);
  auto refusal = [&](DataLoader& train, DataLoader* val, TrainerOptions o = {.epochs = 2}) {
    Trainer trainer(t.task, train, val, o);
    return error_of([&] { trainer.fit(); });
  };
  DataLoader few(points(3, 1), {.batch_size = 8, .drop_last = true}), one(points(1, 1), {.batch_size = 2, .drop_last = true});
  std::string text = refusal(few, nullptr);
  EXPECT_TRUE(text.starts_with("ConfigError: [Trainer] there is no batch to train on: drop_last leaves out the 3 examples")) << text;
  EXPECT_NE(text.find("fewer than batch_size = 8. Hint: a batch_size of at most 3, or drop_last = false."), std::string::npos) << text;
  EXPECT_NE(refusal(one, nullptr).find("leaves out the 1 example,"), std::string::npos);
  DataLoader empty(points(0, 1), {.batch_size = 4});
  text = refusal(empty, nullptr);
  EXPECT_NE(text.find("there is nothing to train on: its data set has 0 examples"), std::string::npos) << text;
  text = refusal(t.train, &empty);
  EXPECT_NE(text.find("there is nothing to validate on"), std::string::npos) << text;
  EXPECT_EQ(refusal(empty, nullptr, {.epochs = 0}), "") << "nothing was asked for";
  DataLoader whole(points(8, 1), {.batch_size = 8, .drop_last = true});
  EXPECT_EQ(refusal(whole, nullptr), "");
}

TEST_F(TrainerTest, ACheckpointOfAnotherModelIsRefusedAndNothingIsTouched) {
  TempFolder folder;
  Folder run = new_run(folder.path(), "r");
  {
    Training t(small(), &run);
    t.trainer.fit();
  }
  const std::string before = lines(run);
  auto refused = [&](TrainOptions o, int64_t hidden, std::shared_ptr<Dataset> data = points(22, 1)) {
    Training t(o, &run, hidden, 0.3, data);
    std::vector<std::string> problems;
    return error_of([&] { t.trainer.resume(problems); });
  };
  const std::string wider = refused(small(), 7);
  EXPECT_TRUE(wider.starts_with("StateError: ")) << wider;
  EXPECT_NE(wider.find("step 18"), std::string::npos) << wider;
  EXPECT_NE(wider.find("[6, 4]"), std::string::npos) << wider;
  EXPECT_NE(wider.find("Hint: it belongs to another model"), std::string::npos) << wider;
  TrainOptions sgd = small(), batches = small(), average = small();
  sgd.optimizer = "sgd";
  batches.batch_size = 5;
  average.ema = 0.5;
  EXPECT_NE(refused(sgd, 6).find("does not fit the optimizer"), std::string::npos) << refused(sgd, 6);
  EXPECT_NE(refused(batches, 6).find("does not fit the data"), std::string::npos) << refused(batches, 6);
  EXPECT_NE(refused(average, 6).find("holds no 'ema'"), std::string::npos) << refused(average, 6);
  EXPECT_NE(refused(small(), 6, points(21, 1)).find("does not fit the data"), std::string::npos);
  EXPECT_EQ(lines(run), before);
  EXPECT_EQ(list_checkpoints(run.checkpoints()).size(), 2u);
}

TEST_F(TrainerTest, DamagedCheckpointsAreSkippedAndTheResultIsTheSame) {
  TrainOptions o = small();
  o.checkpoint_every = 2;
  const Outcome whole = uncut(o);
  TempFolder folder;
  {
    Folder run = new_run(folder.path(), "r");
    Training t(o, &run);
    t.trainer.add(std::make_shared<KillAt>(9, false));
    EXPECT_THROW(t.trainer.fit(), Killed);
  }
  folder.put("r/checkpoints/step-000000008/state.safetensors", "nothing");
  Folder run = Folder::open(folder.path(), "r", true);
  {
    Training t(o, &run);
    std::vector<std::string> problems;
    ASSERT_TRUE(t.trainer.resume(problems));
    EXPECT_EQ(problems.size(), 1u);
    EXPECT_EQ(t.trainer.resumed_at(), 6);
    // The damaged one no longer counts: killed at once, the run still has two generations to go on from.
    t.trainer.add(std::make_shared<KillAt>(7, false));
    EXPECT_THROW(t.trainer.fit(), Killed);
  }
  Training t(o, &run);
  std::vector<std::string> problems;
  ASSERT_TRUE(t.trainer.resume(problems));
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(outcome(t, run, t.trainer.fit()), whole);
}

TEST_F(TrainerTest, WhenAllCheckpointsAreDamagedNothingIsThrownAway) {
  TempFolder folder;
  Folder run = new_run(folder.path(), "r");
  {
    Training t(small(), &run);
    t.trainer.fit();
  }
  const std::string before = lines(run);
  for (const std::string& c : list_checkpoints(run.checkpoints())) folder.put(c.substr(folder.path().size() + 1) + "/manifest.json", "{}");
  Training t(small(), &run);
  std::vector<std::string> problems;
  const std::string text = error_of([&] { t.trainer.resume(problems); });
  EXPECT_NE(text.find("none of its 2 checkpoints is whole"), std::string::npos) << text;
  EXPECT_EQ(lines(run), before);
}

// ---- every prefix of what was written

TEST_F(TrainerTest, APowerCutAfterAnyOperationResumesToTheSameBits) {
  TrainOptions o = small(2);
  o.checkpoint_every = 3;
  o.ema = 0.9;
  const Outcome whole = uncut(o);
  TempFolder folder;
  RecordingDisk recorder(folder.path());
  size_t created = 0;
  {
    UseDisk use(recorder);
    Folder run = new_run(folder / "runs", "r");
    created = recorder.log().size();
    Training t(o, &run);
    ASSERT_EQ(outcome(t, run, t.trainer.fit()), whole);
  }
  std::map<int64_t, int> resumed;
  for (size_t n = created; n <= recorder.log().size(); n++)
    for (Crash crash : all_crashes()) {
      TempFolder remains;
      recorder.replay(n, crash, remains.path());
      Folder run = Folder::open(remains / "runs", "r", true);
      Training t(o, &run);
      std::vector<std::string> problems;
      t.trainer.resume(problems);
      resumed[t.trainer.resumed_at()]++;
      const std::string when = "operation " + std::to_string(n) + " (" + describe(recorder.log()[n - 1]) + ")";
      ASSERT_TRUE(problems.empty()) << when << ": " << problems[0];
      ASSERT_EQ(outcome(t, run, t.trainer.fit()), whole) << when;
    }
  EXPECT_EQ(resumed.size(), 5u) << "steps 0, 3, 6, 9 and 12";
}

TEST_F(TrainerTest, AFailureOfAnyWriteSaysSoAndTheRunGoesOnAfterwards) {
  TrainOptions o = small(2);
  o.checkpoint_every = 3;
  const Outcome whole = uncut(o);
  size_t failures = 0;
  for (const bool stays_full : {false, true})
    for (size_t at = 1;; at++) {
      TempFolder folder;
      { new_run(folder.path(), "r"); }
      FaultyDisk faulty(at, stays_full);
      std::string message;
      {
        Folder run = Folder::open(folder.path(), "r", true);
        UseDisk use(faulty);
        Training t(o, &run);
        message = error_of([&] { t.trainer.fit(); });
      }
      if (!faulty.failed()) break;
      if (!message.empty()) {
        failures++;
        EXPECT_TRUE(message.starts_with("FileError: ")) << message;
        EXPECT_NE(message.find("no space left on device"), std::string::npos) << message;
      }
      Folder run = Folder::open(folder.path(), "r", true);
      Training t(o, &run);
      std::vector<std::string> problems;
      t.trainer.resume(problems);
      EXPECT_TRUE(problems.empty()) << "call " << at << ": " << problems[0];
      ASSERT_EQ(outcome(t, run, t.trainer.fit()), whole) << "call " << at;
    }
  EXPECT_GT(failures, 80u);
}

}  // namespace
}  // namespace cairn
