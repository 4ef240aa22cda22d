#include <course/machinery/training.h>

#include <cstdlib>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <course/machinery/checking.h>
#include <course/machinery/paths.h>
#include <course/machinery/toolchain.h>

namespace cairn::course {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

// An answer to PA that learns nothing and reads the class off the brightest of the first ten values; or goes wrong in the way that FAULT says.
const char* faulty_training = R"(#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "answer.h"

double cross_entropy(const std::vector<double>&, const std::vector<int>&, std::size_t) { return 0; }
std::vector<double> cross_entropy_gradient(const std::vector<double>&, const std::vector<int>&, std::size_t) { return {}; }
std::vector<double> softmax_logits(const Softmax&, const Pictures&) { return {}; }
Softmax softmax_gradient(const Softmax& m, const Pictures&) { return m; }
std::vector<double> mlp_logits(const Mlp&, const Pictures&) { return {}; }
Mlp mlp_gradient(const Mlp& m, const Pictures&) { return m; }
Mlp random_mlp(std::size_t, std::size_t, std::size_t, std::uint64_t) { return {}; }
std::vector<std::size_t> shuffled(std::size_t, std::uint64_t) { return {}; }
void train_softmax(Softmax&, const Pictures&, const Schedule&, const Report&) {}
void train_mlp(Mlp&, const Pictures&, const Schedule&, const Report&) {}
std::vector<int> largest(const std::vector<double>&, std::size_t) { return {}; }
Pictures halved(const Pictures& p) { return p; }
std::vector<int> classify_with_softmax(const Pictures&, const Pictures&, const Report&) { return {}; }

std::vector<int> classify_with_mlp(const Pictures& train, const Pictures& unknown, const Report& report) {
  const std::string fault = std::getenv("FAULT") ? std::getenv("FAULT") : "";
  if (train.y.size() != train.count() || !unknown.y.empty()) std::exit(5);
  report(1);
  report(fault == "nan" ? std::numeric_limits<double>::quiet_NaN() : 0.25);
  volatile int zero = 0;
  if (fault == "slow") for (;;) zero = zero + 0;
  if (fault == "crash") return {*static_cast<volatile int*>(nullptr)};
  if (fault == "memory") for (std::vector<std::vector<double>> all;;) all.emplace_back(1 << 20, 1.0);
  if (fault == "throw") throw std::runtime_error("no \"way\"");
  if (fault == "exit") std::exit(3);
  if (fault == "print") for (;;) std::puts("and on and on");
  if (fault == "words") std::puts("a word of mine");
  std::vector<int> said;
  for (std::size_t i = 0; i < unknown.count(); i++) {
    int best = 0;
    for (int k = 1; k < 10; k++)
      if (unknown.x[i * unknown.size() + k] > unknown.x[i * unknown.size() + best]) best = k;
    said.push_back(fault == "constant" || fault == "words" ? 3 : fault == "eleven" && i == 7 ? 11 : best);
  }
  if (fault == "short") said.pop_back();
  return said;
}
)";

Labelled coded(int64_t n) {
  Array x({n, 1, 4, 4}, u8), y({n}, i64);
  for (int64_t i = 0; i < n; i++) {
    y.ptr<int64_t>()[i] = (i * 7) % 10;
    for (int64_t v = 0; v < 16; v++) x.ptr<uint8_t>()[i * 16 + v] = v == (i * 7) % 10 ? 255 : uint8_t(v);
  }
  Labelled data;
  data.x = Tensor(x), data.y = Tensor(y);
  data.classes.assign(10, "a class");
  return data;
}

std::optional<Labelled> coded_digits(const std::string& name, const std::string& split) {
  if (name != "digits") return {};
  return coded(split == "train" ? 300 : 200);
}

TrainingPlan small_plan() {
  TrainingPlan p;
  p.trainings = {{"mlp", "network", {{"digits", 90}}}};
  p.seconds = 1;
  p.memory_mib = 256;
  return p;
}

// What becomes of the training with this fault.
Trained training_with_fault(const std::string& fault, const TrainingTell& tell = {}) {
  static const Scratch scratch;
  setenv("FAULT", fault.c_str(), 1);
  const auto all = train_project(find_exercise("PA"), small_plan(), scratch / "exercise.cpp", faulty_training, tell, coded_digits);
  unsetenv("FAULT");
  return all.at(0);
}

std::string project_file(const std::string& name) { return read_file(find_exercise("PA").folder + "/" + name, 1 << 20); }

}  // namespace

TEST(SlowTraining, what_reaches_its_goal_is_told_with_score_goal_epochs_and_losses) {
  std::vector<int64_t> epochs;
  const Trained t = training_with_fault("", [&](const TrainingNews& news) {
    epochs.push_back(news.so_far.epochs);
    return true;
  });
  EXPECT_EQ(t.kind, Trained::reached) << t.sentence;
  EXPECT_EQ(t.score, 100);
  EXPECT_EQ(t.pictures, 200);
  EXPECT_EQ(t.epochs, 2);
  EXPECT_EQ(t.first_loss, 1);
  EXPECT_EQ(t.last_loss, 0.25);
  EXPECT_EQ(t.sentence, "");
  EXPECT_FALSE(epochs.empty());
  EXPECT_THAT(training_text({t}),
              AllOf(HasSubstr("100.0 %"), HasSubstr("goal 90 %"), HasSubstr("reached"), HasSubstr("2 epochs"), HasSubstr("1 -> 0.25")));
}

TEST(SlowTraining, each_way_to_go_wrong_gets_a_sentence) {
  struct Expected {
    const char* fault;
    Trained::Kind kind;
    const char* sentence;
  };
  const Expected all[] = {
      {"constant", Trained::falls_short, "10.0 % of the 200 test pictures are right; the goal is 90 %. Every one of them is called class 3"},
      {"short", Trained::falls_short, "classify_with_mlp gives 199 classes for 200 pictures"},
      {"eleven", Trained::falls_short, "classify_with_mlp says class 11 of picture 7; classes are 0 to 9"},
      {"nan", Trained::breaks_off, "the loss of epoch 2 is no number"},
      {"slow", Trained::breaks_off, "after epoch 2 (loss 0.25): it takes longer than 1"},
      {"crash", Trained::breaks_off, "the training crashes after epoch 2 (loss 0.25): signal 11"},
      {"memory", Trained::breaks_off, "more memory than the 256 MiB"},
      {"throw", Trained::breaks_off, "ends by an exception after epoch 2 (loss 0.25): no \"way\""},
      {"exit", Trained::breaks_off, "ends the whole program after epoch 2 (loss 0.25) (exit 3)"},
      {"print", Trained::breaks_off, "prints without end"},
  };
  for (const Expected& e : all) {
    const Trained t = training_with_fault(e.fault);
    EXPECT_EQ(t.kind, e.kind) << e.fault;
    EXPECT_THAT(t.sentence, HasSubstr(e.sentence)) << e.fault;
    EXPECT_THAT(training_text({t}), HasSubstr(t.sentence)) << e.fault;
  }
  EXPECT_THAT(training_text({training_with_fault("words")}), HasSubstr("  | a word of mine"));
}

TEST(SlowTraining, is_ended_by_who_watches_it) {
  const Trained t = training_with_fault("slow", [](const TrainingNews& news) { return news.so_far.epochs < 2; });
  EXPECT_EQ(t.kind, Trained::stopped);
  EXPECT_THAT(t.sentence, HasSubstr("stopped by you"));
}

TEST(SlowTraining, what_lacks_its_data_stays_open_and_what_comes_behind_a_failure_is_not_tried) {
  const Scratch scratch;
  TrainingPlan plan = small_plan();
  plan.trainings = {{"mlp", "network", {{"cifar10", 45}}}, {"mlp", "network", {{"mnist", 96}, {"digits", 90}}}};
  const auto train = [&] {
    Verdict v;
    v.kind = Verdict::pass;
    v.file = scratch / "exercise.cpp";
    train_and_judge(v, find_exercise("PA"), plan, faulty_training, {}, coded_digits);
    return v;
  };
  Verdict v = train();
  EXPECT_EQ(v.kind, Verdict::unfinished);
  ASSERT_EQ(v.trained.size(), 2u);
  EXPECT_EQ(v.trained[0].kind, Trained::no_data);
  EXPECT_THAT(v.trained[0].sentence, AllOf(HasSubstr("CIFAR-10 is not here"), HasSubstr("`cairn data get cifar10`")));
  EXPECT_EQ(v.trained[1].kind, Trained::reached);
  EXPECT_EQ(v.trained[1].data, "digits");
  EXPECT_THAT(v.trained[1].note, HasSubstr("because MNIST is not here: `cairn data get mnist`"));
  const std::string text = verdict_text(find_exercise("PA"), v);
  EXPECT_THAT(text, AllOf(HasSubstr("no data"), HasSubstr("reached"), HasSubstr("once more:  cairn check PA"), Not(HasSubstr("Right: PA"))));
  EXPECT_EQ(verdict_json(find_exercise("PA"), v).at("verdict").as_string(), "unfinished");
  EXPECT_EQ(verdict_json(find_exercise("PA"), v).at("trained").as_array().size(), 2u);

  plan.trainings = {{"softmax", "softmax regression", {{"digits", 90}}}, {"mlp", "network", {{"digits", 90}}}};
  v = train();
  EXPECT_EQ(v.kind, Verdict::falls_short);
  EXPECT_THAT(v.trained[0].sentence, HasSubstr("gives 0 classes for 200 pictures"));
  EXPECT_EQ(v.trained[1].kind, Trained::not_tried);

  plan.trainings = {{"mlp", "network", {{"digits", 100}}}};
  EXPECT_EQ(train().kind, Verdict::pass);
}

TEST(SlowTraining, a_file_that_passes_on_small_inputs_but_cannot_be_compiled_is_told) {
  const Scratch scratch;
  EXPECT_THROW(train_project(find_exercise("PA"), small_plan(), scratch / "exercise.cpp", "#include \"answer.h\"\nint x = ;\n", {}, coded_digits),
               FileError);
}

// A small part of real pictures, so that it costs seconds: measured are 55 % and 79 %.
TEST(SlowTraining, the_solution_learns_from_two_thousand_pictures_and_the_goal_decides) {
  if (!data_at_hand("fashion-mnist", "test")) GTEST_SKIP() << "Fashion-MNIST is not at hand: the package dataset-fashion-mnist";
  const Scratch scratch;
  TrainingPlan plan;
  plan.trainings = {{"softmax", "softmax regression", {{"fashion-mnist", 45}}},
                    {"mlp", "network", {{"fashion-mnist", 65}}},
                    {"mlp", "network", {{"fashion-mnist", 99}}}};
  plan.most_train = 2000, plan.most_test = 1000;
  const auto all = train_project(find_exercise("PA"), plan, scratch / "exercise.cpp", project_file("solution.cpp"), {});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].kind, Trained::reached) << all[0].sentence;
  EXPECT_EQ(all[1].kind, Trained::reached) << all[1].sentence;
  EXPECT_LT(all[1].last_loss, all[1].first_loss);
  EXPECT_EQ(all[2].kind, Trained::falls_short);
  EXPECT_EQ(all[2].score, all[1].score);
  EXPECT_THAT(all[2].sentence, HasSubstr("The loss has fallen"));
}

TEST(SlowTraining, both_solutions_reach_every_goal_of_PA) {
  if (env("CAIRN_LONG").empty()) GTEST_SKIP() << "minutes: ./test --long";
  const Exercise e = find_exercise("PA");
  const Scratch scratch;
  for (const char* name : {"solution.cpp", "solution_alt.cpp"})
    for (const Trained& t : train_project(e, *training_plan_of(e), scratch / "exercise.cpp", project_file(name), {}))
      if (t.kind != Trained::no_data) { EXPECT_EQ(t.kind, Trained::reached) << name << ": " << training_text({t}); }
}

TEST(Training, the_plan_of_PA_asks_for_what_the_course_promises) {
  const auto plan = training_plan_of(find_exercise("PA"));
  ASSERT_TRUE(plan);
  std::map<std::string, double> goals;
  for (const Training& t : plan->trainings)
    for (const TrainingGoal& g : t.goals) goals[g.data + " " + t.part] = g.percent;
  EXPECT_EQ(goals.at("mnist mlp"), 96);
  EXPECT_EQ(goals.at("fashion-mnist mlp"), 86);
  EXPECT_EQ(goals.at("cifar10 mlp"), 45);
  EXPECT_FALSE(training_plan_of(find_exercise("A06")));
}

TEST(Training, a_plan_with_a_mistake_is_told_with_its_line) {
  const Scratch scratch;
  Exercise e;
  e.folder = scratch.path();
  const auto said = [&](const std::string& text) -> std::string {
    write_unsynced(scratch / "project.toml", text);
    try {
      training_plan_of(e);
    } catch (const FileError& error) { return error.what(); }
    return "";
  };
  const std::string begin = "seconds = 60\n[[training]]\npart = \"mlp\"\nname = \"network\"\n";
  EXPECT_EQ(said(begin + "data = [{ name = \"mnist\", goal = 96 }]\n"), "");
  EXPECT_THAT(said(begin + "data = [{ name = \"minst\", goal = 96 }]\n"), HasSubstr("there is no data set 'minst'"));
  EXPECT_THAT(said(begin + "data = [{ name = \"mnist\", goal = 960 }]\n"), HasSubstr("a percentage"));
  EXPECT_THAT(said(begin), HasSubstr("a training needs data"));
  EXPECT_THAT(said("seconds = 60\n"), HasSubstr("at least one"));
  EXPECT_THAT(said("seconds = -1\n"), HasSubstr("seconds must lie"));
}

}  // namespace cairn::course
