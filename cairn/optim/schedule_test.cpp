// Schedules against PyTorch (tests/golden/schedules.safetensors), state, and misuse.
#include <cairn/optim/schedule.h>

#include <gtest/gtest.h>

#include <cairn/optim/optimizers.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

Curve curve_of(const Json& c) {
  const std::string& kind = c.at("kind").as_string();
  const auto number = [&](const char* name) { return c.at(name).as_double(); };
  const auto count = [&](const char* name) { return c.at(name).as_int(); };
  if (kind == "step") return StepLR{count("size"), number("gamma")};
  if (kind == "multi_step") {
    MultiStepLR m{{}, number("gamma")};
    for (const Json& t : c.at("milestones").as_array()) m.milestones.push_back(t.as_int());
    return m;
  }
  if (kind == "exponential") return ExponentialLR{number("gamma")};
  if (kind == "polynomial") return PolynomialLR{count("steps"), number("power")};
  if (kind == "warmup") return LinearWarmup{count("steps"), number("start"), number("end")};
  if (kind == "cosine") return CosineAnnealing{count("steps"), number("low")};
  if (kind == "restarts") return CosineWarmRestarts{count("first"), count("factor"), number("low")};
  if (kind == "one_cycle")
    return OneCycle{.highest = number("highest"),
                    .steps = count("steps"),
                    .rise = number("rise"),
                    .cosine = c.at("cosine").as_bool(),
                    .three_phases = c.at("three_phases").as_bool()};
  if (kind == "sequence") return Sequence({LinearWarmup{8, 0.1, 1}, CosineAnnealing{20}, ExponentialLR{0.9}}, {8, 28});
  if (kind == "chain") return Chain({LinearWarmup{8, 0.1, 1}, ExponentialLR{0.95}, StepLR{10, 0.5}});
  throw ConfigError("no schedule '" + kind + "'");
}

struct Fixture {
  explicit Fixture(double momentum = 0) : optimizer({{"w", Parameter(zeros({1}))}}, {.lr = 0.4, .momentum = momentum}) {}
  SGD optimizer;
};

TEST(Schedules, follow_pytorch_step_by_step) {
  const Golden golden("schedules.safetensors");
  int compared = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (c.at("kind").as_string() == "plateau") continue;
    const std::vector<double> lr = golden.tensor(i, "lr").to_vector<double>(), momentum = golden.tensor(i, "momentum").to_vector<double>();
    ASSERT_GE(lr.size(), 40u);
    Fixture f(momentum[0] != 0 ? 0.9 : 0);
    Schedule schedule(f.optimizer, curve_of(c));
    for (size_t t = 0; t < lr.size(); t++) {
      ASSERT_NEAR(f.optimizer.lr(), lr[t], 1e-12) << c.dump() << " after " << t;
      ASSERT_NEAR(f.optimizer.momentum(), momentum[t], 1e-12) << c.dump() << " after " << t;
      if (t + 1 < lr.size()) schedule.step();
    }
    compared++;
  }
  EXPECT_EQ(compared, 21);
}

TEST(Schedules, reduce_on_plateau_as_pytorch_does_also_when_resumed) {
  const Golden golden("schedules.safetensors");
  int compared = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (c.at("kind").as_string() != "plateau") continue;
    const PlateauOptions options{.larger_is_better = c.at("larger").as_bool(),
                                 .factor = 0.5,
                                 .patience = 2,
                                 .threshold = 0.01,
                                 .relative = c.at("relative").as_bool(),
                                 .cooldown = 1,
                                 .lowest = 0.01};
    const std::vector<double> lr = golden.tensor(i, "lr").to_vector<double>(), metric = golden.tensor(i, "metric").to_vector<double>();
    Fixture f;
    auto plateau = std::make_unique<ReduceOnPlateau>(f.optimizer, options);
    for (size_t t = 0; t < metric.size(); t++) {
      if (t % 5 == 3) {  // as a run that was killed
        const State s = plateau->state();
        plateau = std::make_unique<ReduceOnPlateau>(f.optimizer, options);
        plateau->load_state({{}, Json::parse(s.values.dump())});
      }
      plateau->step(metric[t]);
      ASSERT_NEAR(f.optimizer.lr(), lr[t + 1], 1e-12) << c.dump() << " after " << t + 1;
    }
    EXPECT_LT(lr.back(), lr.front()) << "the case shows nothing";
    compared++;
  }
  EXPECT_EQ(compared, 4);
}

TEST(Schedules, take_every_group_from_its_own_base_rate) {
  Fixture f;
  f.optimizer.add_group({{"b", Parameter(zeros({1}))}}, {.lr = 2});
  Schedule schedule(f.optimizer, ExponentialLR{0.5});
  schedule.step();
  EXPECT_EQ(f.optimizer.lr(0), 0.2);
  EXPECT_EQ(f.optimizer.lr(1), 1);
}

TEST(Schedules, go_on_from_a_stored_state) {
  Fixture a, b;
  Schedule one(a.optimizer, CosineAnnealing{30, 0.01});
  for (int t = 0; t < 11; t++) one.step();
  Schedule two(b.optimizer, CosineAnnealing{30, 0.01});
  two.load_state({{}, Json::parse(one.state().values.dump())});
  EXPECT_EQ(two.steps(), 11);
  EXPECT_EQ(a.optimizer.lr(), b.optimizer.lr());
  one.step(), two.step();
  EXPECT_EQ(a.optimizer.lr(), b.optimizer.lr());
  b.optimizer.add_group({{"b", Parameter(zeros({1}))}}, {});
  Schedule wider(b.optimizer, ExponentialLR{0.5});
  EXPECT_THROW(wider.load_state(one.state()), StateError);
}

TEST(Schedules, refuse_what_has_no_meaning) {
  Fixture f;
  EXPECT_THROW(Schedule(f.optimizer, StepLR{0}), ConfigError);
  EXPECT_THROW(Schedule(f.optimizer, CosineAnnealing{0}), ConfigError);
  for (const std::vector<int64_t>& falling : {std::vector<int64_t>{60, 30}, {30, 30}, {10, 30, 20}})
    EXPECT_THROW(Schedule(f.optimizer, MultiStepLR{falling}), ConfigError);
  EXPECT_NO_THROW(Schedule(f.optimizer, MultiStepLR{{30, 60}}));
  EXPECT_NO_THROW(Schedule(f.optimizer, MultiStepLR{{}})) << "no milestone is a constant rate";
  EXPECT_THROW(Chain({}), ConfigError);
  EXPECT_THROW(Chain({StepLR{1}, nullptr}), ConfigError);
  EXPECT_THROW(Sequence({nullptr, StepLR{1}}, {5}), ConfigError);
  EXPECT_THROW(Sequence({StepLR{1}, StepLR{1}}, {}), ConfigError);
  EXPECT_THROW(Sequence({StepLR{1}, StepLR{1}, StepLR{1}}, {5, 5}), ConfigError);
  EXPECT_THROW(Sequence({StepLR{1}, StepLR{1}}, {-1}), ConfigError);
  EXPECT_THROW(Schedule(f.optimizer, nullptr), ConfigError);
  EXPECT_THROW(ReduceOnPlateau(f.optimizer, {.factor = 1}), ConfigError);
  Schedule cycle(f.optimizer, OneCycle{.highest = 1, .steps = 3});
  for (int t = 0; t < 3; t++) cycle.step();
  EXPECT_THROW(cycle.step(), StateError);
}

TEST(Schedules, a_nan_metric_counts_as_no_improvement) {
  Fixture f;
  ReduceOnPlateau plateau(f.optimizer, {.factor = 0.5, .patience = 0});
  plateau.step(std::nan(""));
  EXPECT_EQ(f.optimizer.lr(), 0.2);
}

}  // namespace
}  // namespace cairn
