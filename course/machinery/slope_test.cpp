// What the judge does with the gradient of a loss: evidence for a wrong one, and a check whose loss is another's.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tests/helpers/exercise.h>

namespace cairn::course {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

// The loss is half the sum of (max(w[i], 0) + b)^2: it bends at w[i] = 0, has corners there, and is flat in w[i] below. Each b is one input.
const char* const inputs = R"(#include <course/machinery/judge/judge.h>
#include <algorithm>
#include <cmath>
struct Input {
  double b;
  std::vector<double> w;
};
static double loss(const Input& p) {
  double sum = 0;
  for (const double w : p.w) sum += std::pow(std::max(w, 0.0) + p.b, 2) / 2;
  return sum;
}
static judge::Property<Answer, Input> slopes_at(judge::Check<Answer>& c) {
  return c.property<Input>("the slopes")
      .show([](const Input& p) { return "b = " + judge::text(p.b) + ", w = " + judge::text(p.w); })
      .run([](const Answer& a, const Input& p, judge::Output& o) { o("slopes", a.slopes(p.w, p.b)); });
}
static void by_w(Input& p, judge::Numbers& at) { at("w", p.w); }
)";
const char* const right_slopes = R"(#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>
std::vector<double> slopes(const std::vector<double>& w, double b) {
  std::vector<double> s;
  for (const double v : w) s.push_back(v > 0 ? v + b : 0);
  return s;
}
)";
// Wrong for the b that the variable AT names: twice the slope and one more, or nan where b is 4.
const char* const wrong_slopes = R"(#include <cmath>
#include <cstdlib>
#include <vector>
std::vector<double> slopes(const std::vector<double>& w, double b) {
  std::vector<double> s;
  for (const double v : w) s.push_back(v > 0 ? v + b : 0);
  if (b == std::atof(std::getenv("AT")))
    for (double& v : s) v = b == 4 ? std::nan("") : 2 * v + 1;
  return s;
}
)";

struct SlopeExercise : SmallExercise {
  explicit SlopeExercise(const std::string& check) {
    for (const auto& mutant : std::filesystem::directory_iterator(exercise.folder + "/mutants")) std::filesystem::remove(mutant.path());
    put("answer.h",
        "#pragma once\n#include <vector>\nstruct Answer {\n  std::vector<double> (*slopes)(const std::vector<double>& w, double b);\n};\n"
        "#define ANSWER {slopes}\n");
    put("exercise.cpp",
        "#include <vector>\nstd::vector<double> slopes(const std::vector<double>& w, double) { return std::vector<double>(w.size(), 0.0); }\n");
    put("solution.cpp", right_slopes);
    put("check.cpp", inputs + check);
    compile_judge();
  }
};

const SlopeExercise& slope_exercise() {
  static const SlopeExercise exercise(
      "static void check(judge::Check<Answer>& c) {\n"
      "  slopes_at(c)\n"
      "      .also({{1, {0.5, 2}}, {-3, {0.5, 2}}, {5, {-1}}, {4, {1, 2}}, {2, {0}}, {2.5, {1e-5}}, {2.25, {0.001}}})\n"
      "      .slope_of(\"slopes\", \"the squared error\", loss, by_w);\n"
      "}\n");
  return exercise;
}

Verdict verdict_at(const char* b) {
  static const Attempt attempt = slope_exercise().attempt(wrong_slopes);
  return attempt.run(7, {std::string("AT=") + b});
}

// What is said of a check whose solution is right and whose loss is one of several others.
std::string why_broken(const char* loss) {
  static const SlopeExercise exercise(R"(#include <cstdlib>
#include <string>
static void check(judge::Check<Answer>& c) {
  const std::string other = std::getenv("LOSS");
  const auto property = [&] { return slopes_at(c).also({{1, {0.5, 2}}}); };
  if (other == "its own") property().slope_of("slopes", "it", loss, by_w);
  if (other == "twice") property().slope_of("slopes", "it", [](const Input& p) { return 2 * loss(p); }, by_w);
  if (other == "a little more") property().slope_of("slopes", "it", [](const Input& p) { return loss(p) + 0.001 * p.w[1]; }, by_w);
  if (other == "of no item") property().slope_of("slope", "it", loss, by_w);
  if (other == "by b") property().slope_of("slopes", "it", loss, [](Input& p, judge::Numbers& at) { at("b", p.b); });
  if (other == "nan") property().slope_of("slopes", "it", [](const Input&) { return std::nan(""); }, by_w);
}
)");
  static const Attempt attempt = exercise.attempt(right_slopes);
  try {
    return attempt.run(7, {std::string("LOSS=") + loss}).kind == Verdict::pass ? "passes" : "is refused";
  } catch (const BrokenCheck& e) { return e.what(); }
}

}  // namespace

TEST(SlowSlope, a_wrong_gradient_is_told_what_central_differences_say_where_it_is_farthest_off) {
  const Verdict v = verdict_at("1");
  EXPECT_EQ(v.kind, Verdict::wrong);
  EXPECT_EQ(v.expected, "[1.5, 3]");
  EXPECT_EQ(v.got, "[4, 7]");
  EXPECT_EQ(v.evidence, "By central differences the squared error grows by 3 per unit of w[1] there; yours says 7.");
  EXPECT_EQ(verdict_json(small_exercise().exercise, v).at("evidence").as_string(), v.evidence);
  const std::string text = verdict_text(small_exercise().exercise, v);
  EXPECT_THAT(text, HasSubstr("got       [4, 7]\n\n" + v.evidence + "\n\nNo slip that I know fits."));
  EXPECT_EQ(verdict_at("-3").evidence,
            "By central differences the squared error falls by 2.5 per unit of w[0] there, a slope of -2.5; yours says -4.");
  EXPECT_EQ(verdict_at("5").evidence, "By central differences the squared error does not change with w[0] there; yours says 1.");
  EXPECT_EQ(verdict_at("4").evidence, "By central differences the squared error grows by 5 per unit of w[0] there; yours says nan.");
}

TEST(SlowSlope, at_a_corner_of_the_loss_and_close_to_one_nothing_is_said) {
  for (const char* b : {"2", "2.5"}) {
    const Verdict v = verdict_at(b);
    EXPECT_EQ(v.kind, Verdict::wrong) << b;
    EXPECT_EQ(v.evidence, "") << b;
    EXPECT_THAT(verdict_text(small_exercise().exercise, v), Not(HasSubstr("central differences")));
    const Json json = verdict_json(small_exercise().exercise, v);
    EXPECT_EQ(json.find("evidence"), nullptr);
  }
  EXPECT_EQ(verdict_at("2").got, "[1]") << "at the corner the solution's 0 is right, though the slope on the other side is 2";
  EXPECT_EQ(verdict_at("2.25").evidence, "By central differences the squared error grows by 2.251 per unit of w[0] there; yours says 5.502.");
}

TEST(SlowSlope, the_file_as_it_came_needs_no_evidence) {
  const SlopeExercise& e = slope_exercise();
  const Verdict v = e.check(read_file(e.exercise.folder + "/exercise.cpp"));
  EXPECT_EQ(v.kind, Verdict::starter);
  EXPECT_EQ(v.evidence, "");
}

TEST(SlowSlope, a_right_gradient_passes) { EXPECT_EQ(verdict_at("0").kind, Verdict::pass); }

TEST(SlowSlope, a_loss_that_is_not_the_solutions_is_no_fault_of_the_learner) {
  EXPECT_EQ(why_broken("its own"), "passes");
  const std::string twice = why_broken("twice");
  for (const char* part :
       {"the check of T01 is broken", "by w[0] the solution's slope is 1.5, but that of it is 3 by", "b = 1, w = [0.5, 2]", "none of yours"})
    EXPECT_THAT(twice, HasSubstr(part));
  EXPECT_THAT(why_broken("a little more"), HasSubstr("by w[1] the solution's slope is 3, but that of it is 3.001 by"));
  EXPECT_THAT(why_broken("of no item"), HasSubstr("the solution notes no item of that name"));
  EXPECT_THAT(why_broken("by b"), HasSubstr("the item has 2 numbers, but 1 of the input are listed"));
  EXPECT_THAT(why_broken("nan"), HasSubstr("on none of the inputs does the loss have a slope"));
}

}  // namespace cairn::course
