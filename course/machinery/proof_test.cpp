#include <course/machinery/proof.h>

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/json.h>
#include <cairn/base/text.h>
#include <tests/helpers/exercise.h>

namespace cairn::course {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

// Proofs are kept below the build folder: here below one of their own, with the judge's library.
class SlowProof : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string library = course_build_folder() + "/judge/libcairn_judge.a";
    before_ = std::getenv("CAIRN_COURSE_BUILD") ? std::getenv("CAIRN_COURSE_BUILD") : "";
    std::filesystem::create_directories(built_ / "judge");
    std::filesystem::copy(library, built_ / "judge/libcairn_judge.a");
    setenv("CAIRN_COURSE_BUILD", built_.path().c_str(), 1);
  }
  void TearDown() override {
    if (before_.empty()) unsetenv("CAIRN_COURSE_BUILD");
    else setenv("CAIRN_COURSE_BUILD", before_.c_str(), 1);
  }
  Proof prove(bool anew = false) {
    return prove_exercise(e_.exercise, anew, [](const std::string&) {});
  }
  Proof prove_without_mutations() {
    return prove_exercise(
        e_.exercise, false, [](const std::string&) {}, 0);
  }
  Scratch built_;
  SmallExercise e_;
  std::string before_;
};

}  // namespace

TEST_F(SlowProof, a_good_exercise_has_no_problems_and_the_second_time_costs_nothing) {
  const Proof p = prove();
  EXPECT_THAT(p.problems, IsEmpty());
  EXPECT_EQ(p.solutions, 2);
  EXPECT_EQ(p.mutants, 3);
  EXPECT_GT(p.mutations, 10);
  EXPECT_EQ(p.refused, p.mutations);
  EXPECT_FALSE(p.cached);
  const Proof again = prove();
  EXPECT_TRUE(again.cached);
  EXPECT_EQ(again.mutations, p.mutations);
  e_.put("hints.md", "## Hint 1\nonly one\n");
  EXPECT_TRUE(prove().cached);  // words are no part of it
  e_.put("mutants/other.cpp",
         "// slip: nothing is added\n// why: The list is not read.\n" + both(right_square, "double sum(const std::vector<double>&) { return 0; }\n"));
  EXPECT_FALSE(prove().cached);
}

TEST_F(SlowProof, a_failure_is_looked_for_again) {
  EXPECT_FALSE(prove_without_mutations().cached);
  EXPECT_TRUE(prove_without_mutations().cached);
  const std::string kept = built_ / "proof/T01.json";
  Json failed = Json::parse(read_file(kept, 1 << 20));
  failed["problems"].push_back("the disk was full");
  write_unsynced(kept, failed.dump());
  const Proof p = prove_without_mutations();
  EXPECT_FALSE(p.cached);
  EXPECT_THAT(p.problems, IsEmpty());
}

TEST_F(SlowProof, tells_of_a_judge_that_does_not_look_a_mutant_without_its_name_and_a_starter_that_passes) {
  e_.put("check.cpp",  // never a list of more than one element, and x >= 0 alone
         "#include <course/machinery/judge/judge.h>\nstatic void check(judge::Check<Answer>& c) {\n"
         "  c.property<double>(\"square\").also({0.0, 1.0, 3.0}).run([](const Answer& a, double x, judge::Output& o) { o(\"y\", "
         "a.square_plus_one(x)); });\n"
         "  c.property<std::vector<double>>(\"sum\").also({{}, {0}}).run([](const Answer& a, const std::vector<double>& v, judge::Output& o) { "
         "o(\"s\", a.sum(v)); });\n}\n");
  e_.put("mutants/doubled.cpp",
         "// slip: the same slip in other words\n// why: It is.\n" + both("double square_plus_one(double x) { return x * x; }\n", right_sum));
  const Proof p = prove();
  EXPECT_THAT(p.problems, Contains(HasSubstr("mutants/first_left_out.cpp: passes")));
  EXPECT_THAT(p.problems, Contains(HasSubstr("mutants/no_one.cpp: is named as mutants/doubled.cpp")));
  EXPECT_THAT(p.problems, Contains(HasSubstr("a mutation passes")));
}

TEST_F(SlowProof, tells_of_a_loss_that_does_not_belong_to_the_gradient) {
  // The square plus one is the slope of x^3 / 3 + x.
  const auto with_loss = [](const std::string& loss) {
    return "#include <course/machinery/judge/judge.h>\nstatic void check(judge::Check<Answer>& c) {\n"
           "  c.property<double>(\"square\").also({3.0}).draw([](judge::Draw& d) { return d.number(); })\n"
           "      .show([](double x) { return \"x = \" + judge::text(x); })\n"
           "      .run([](const Answer& a, double x, judge::Output& o) { o(\"y\", a.square_plus_one(x)); })\n"
           "      .slope_of(\"y\", \"the cube\", [](double x) { return " +
           loss +
           "; }, [](double& x, judge::Numbers& at) { at(\"x\", x); });\n"
           "  c.property<std::vector<double>>(\"sum\").also({{}, {2}}).draw([](judge::Draw& d) { return d.numbers(d.integer(0, d.size)); })\n"
           "      .run([](const Answer& a, const std::vector<double>& v, judge::Output& o) { o(\"s\", a.sum(v)); });\n}\n";
  };
  e_.put("check.cpp", with_loss("x * x * x / 3"));
  EXPECT_THAT(prove().problems, ElementsAre("check.cpp: \"square\", y: by x the solution's slope is 10, but that of the cube is 9 by central "
                                            "differences, with x = 3 (seed 1)"));
  e_.put("check.cpp", with_loss("x * x * x / 3 + x"));
  EXPECT_THAT(prove().problems, IsEmpty());
}

TEST_F(SlowProof, tells_of_a_right_answer_that_is_refused_and_of_files_that_do_not_compile) {
  e_.put("solution_alt.cpp", both("double square_plus_one(double x) {\n  return x < 0 ? 0 : 1 + x * x;\n}\n", right_sum));
  e_.put("mutants/no_one.cpp", "// slip: broken\n// why: It is.\n" + both("double square_plus_one(double x) { return x * ; }\n", right_sum));
  const Proof broken = prove();
  ASSERT_THAT(broken.problems, SizeIs(1));
  EXPECT_THAT(broken.problems[0], HasSubstr("does not compile"));
  EXPECT_THAT(broken.problems[0], HasSubstr("no_one.cpp"));
  e_.put("mutants/no_one.cpp", both("double square_plus_one(double x) { return x * x; }\n", right_sum));
  const Proof p = prove();
  EXPECT_THAT(p.problems, Contains(HasSubstr("solution_alt.cpp: fail at \"the square plus one\"")));
  EXPECT_THAT(p.problems, Contains(HasSubstr("mutants/no_one.cpp: no line \"// slip: ...\"")));
}

TEST_F(SlowProof, a_mutation_that_changes_nothing_is_listed_with_its_reason) {
  const std::string square = "double square_plus_one(double x) {\n  if (x > 0) return x * x + 1;\n  return x * x + 1;\n}\n";
  e_.put("solution.cpp", both(square, right_sum));
  const Proof p = prove();
  EXPECT_THAT(p.survivors, Contains("4: if (x > 0) -> if (false)"));
  std::string list = "# both branches are the same\n";
  for (const std::string& name : p.survivors) list += name + "  # both branches are the same\n";
  e_.put("equivalent.txt", list);
  const Proof listed = prove();
  EXPECT_THAT(listed.problems, IsEmpty());
  EXPECT_EQ(listed.equivalent, int64_t(p.survivors.size()));
  e_.put("equivalent.txt", list + "1: no such -> change  # it was there once\n4: x * x -> x / x\n");
  const Proof wrong = prove();
  EXPECT_THAT(wrong.problems, Contains(HasSubstr("no reason")));
  EXPECT_THAT(wrong.problems, Contains(HasSubstr("there is no such mutation (any more): 1: no such -> change")));
  EXPECT_THAT(wrong.problems, Contains(HasSubstr("this mutation is refused, so it is not equivalent: 4: x * x -> x / x")));
}

TEST_F(SlowProof, held_out_answers_are_counted_by_how_they_are_named) {
  disk().make_folder(e_.exercise.folder + "/held_out");
  e_.put("held_out/right.cpp", "// right\n" + both("double square_plus_one(double x) { return x * x + 1.0; }\n", right_sum));
  e_.put("held_out/named.cpp",
         "// slip: forgot the one\n// named: mutants/no_one.cpp\n" + both("double square_plus_one(double x) { return x * x + 0; }\n", right_sum));
  e_.put("held_out/unnamed.cpp",
         "// slip: a cube\n// named: mutants/doubled.cpp\n" + both("double square_plus_one(double x) { return x * x * x + 1; }\n", right_sum));
  e_.put("held_out/none.cpp", "// slip: a cube\n// named: none\n" + both("double square_plus_one(double x) { return x * x * x + 1; }\n", right_sum));
  e_.put("held_out/wrongly.cpp",
         "// slip: something else\n// named: mutants/doubled.cpp\n" + both("double square_plus_one(double x) { return x * x; }\n", right_sum));
  e_.put("held_out/passes.cpp", "// slip: only beyond a billion\n// named: none\n" +
                                    both("double square_plus_one(double x) { return x > 1e9 ? 0 : x * x + 1; }\n", right_sum));
  e_.put("held_out/strange.cpp", "// neither\n" + both(right_square, right_sum));
  const HeldOut h = judge_held_out(e_.exercise);
  EXPECT_EQ(h.wrong, 5);
  EXPECT_EQ(h.refused, 4);
  EXPECT_EQ(h.rightly_named, 1);
  EXPECT_EQ(h.unnamed, 2);
  EXPECT_EQ(h.wrongly_named, 1);
  EXPECT_EQ(h.right, 1);
  EXPECT_EQ(h.right_refused, 0);
  ASSERT_THAT(h.problems, SizeIs(1));
  EXPECT_THAT(h.problems[0], HasSubstr("strange.cpp"));
}

}  // namespace cairn::course
