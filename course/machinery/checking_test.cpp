#include <course/machinery/checking.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <tests/helpers/exercise.h>

namespace cairn::course {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

// A file whose square_plus_one goes wrong in the way that the variable FAULT says: one compilation for many runs.
const char* faulty_square = R"(#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

int deep(int n) { return n == -1 ? 0 : deep(n + 1) + n; }

double square_plus_one(double x) {
  const std::string fault = std::getenv("FAULT") ? std::getenv("FAULT") : "";
  std::vector<double> a(5, x);
  volatile int zero = 0, most = 2147483647;
  int raw[4] = {1, 2, 3, 4};
  if (fault == "vector") return a[5 + zero];                     // line 16
  if (fault == "raw") return raw[4 + zero];                      // line 17
  if (fault == "empty") return std::vector<double>().front();    // line 18
  if (fault == "overflow") return most + 1;                      // line 19
  if (fault == "division") return 1 / zero;                      // line 20
  if (fault == "null") return *std::unique_ptr<double>();        // line 21
  if (fault == "free") {
    double* p = new double(x);
    delete p;
    return *p;                                                   // line 25
  }
  if (fault == "stack") return deep(1);
  if (fault == "loop") for (;;) zero = zero + 0;
  if (fault == "throw") throw std::runtime_error("no way");
  if (fault == "exit") std::exit(3);
  if (fault == "abort") std::abort();
  if (fault == "memory") for (std::vector<std::vector<double>> all;;) all.emplace_back(1 << 20, x);
  if (fault == "huge") return std::vector<double>(size_t(1) << 40).size();
  if (fault == "print") for (;;) std::puts("and on and on");
  if (fault == "heap") {
    double* p = new double[3 + zero]();
    const double y = p[3 + zero];                                // line 37
    delete[] p;
    return y;
  }
  if (fault == "words") std::printf("x is %g\n", x);
  if (fault == "leak") new double(x);
  if (fault == "processes") return std::system("i=0; while [ $i -lt 300 ]; do sleep 20 & i=$((i+1)); done; wait");
  return x * x + 1;
}

double sum(const std::vector<double>& v) {
  double s = 0;
  for (double x : v) s += x;
  return s;
}
)";

Verdict square_with_fault(const std::string& fault) {
  static const Attempt attempt = small_exercise().attempt(faulty_square);
  return attempt.run(7, {"FAULT=" + fault});
}

struct Expected {
  const char *fault, *kind, *sentence;
  int64_t line;
};

}  // namespace

TEST(SlowChecking, each_way_to_break_off_gets_a_sentence_with_line_and_input) {
  const Expected all[] = {
      {"vector", "out of range", "Line 16 asks for a[5]; a has 5 elements, 0 to 4.", 16},
      {"raw", "out of range", "Line 17 asks for raw[4]; raw has 4 elements, 0 to 3.", 17},
      {"empty", "empty", "Line 18 asks for an element (front, back, pop) of a container that is empty", 18},
      {"overflow", "overflow", "Line 19 computes 2147483647 + 1, which is too large for the type int", 19},
      {"division", "division by zero", "Line 20 divides a whole number by zero", 20},
      {"null", "null", "Line 21 uses a pointer that points nowhere", 21},
      {"free", "use after free", "Line 25 uses memory that has been given back", 25},
      {"heap", "out of range", "Line 37 reads 8 bytes past the end of a block of 24 bytes", 37},
      {"stack", "stack overflow", "calls itself without end", 0},
      {"loop", "endless loop", "does not come to an end", 0},
      {"exit", "exit", "ends the whole program (exit(3))", 0},
      {"abort", "abort", "calls abort()", 0},
      {"memory", "out of memory", "more memory than the 256 MiB", 0},
      {"huge", "out of memory", "more memory than the 256 MiB", 33},
      {"print", "too much output", "prints without end", 0},
      {"processes", "too many processes", "Your program starts more than 200 processes", 0},
  };
  for (const Expected& e : all) {
    SCOPED_TRACE(e.fault);
    const Verdict v = square_with_fault(e.fault);
    ASSERT_EQ(v.kind, Verdict::breaks_off);
    EXPECT_EQ(v.fault.kind, e.kind) << v.fault.sentence;
    const std::string text = verdict_text(small_exercise().exercise, v);
    EXPECT_THAT(text, HasSubstr(e.sentence));
    if (e.line) { EXPECT_EQ(v.fault.line, e.line); }
    EXPECT_EQ(v.input, "x = 0");
    EXPECT_THAT(text, HasSubstr("x = 0"));
    EXPECT_THAT(text, Not(HasSubstr("Sanitizer")));
  }
}

TEST(SlowChecking, an_exception_is_shown_with_its_words) {
  const Verdict v = square_with_fault("throw");
  EXPECT_EQ(v.kind, Verdict::wrong);
  EXPECT_EQ(v.got, "an exception: no way");
  const std::string text = verdict_text(small_exercise().exercise, v);
  EXPECT_THAT(text, HasSubstr("an exception: no way"));
  EXPECT_THAT(text, Not(HasSubstr("No slip"))) << "its words are the explanation";
}

TEST(Checking, a_file_that_is_no_text_is_told_with_its_byte_and_the_way_back) {
  const SmallExercise& e = small_exercise();
  const std::string binary(
      "// mine\n\x7f"
      "ELF\x02\x00\x01",
      15);
  const Verdict v = e.check(binary);
  EXPECT_EQ(v.kind, Verdict::does_not_compile);
  ASSERT_EQ(v.notes.size(), 1u);
  EXPECT_EQ(v.notes[0].line, 2);
  const std::string text = verdict_text(e.exercise, v);
  EXPECT_THAT(text, HasSubstr(":2: error: the file is not text: byte 9 is 7f"));
  EXPECT_THAT(text, HasSubstr("`cairn reset T01` lays a fresh starter there and keeps this file aside."));
  EXPECT_THAT(text, Not(HasSubstr("Mend the first one first"))) << "there is only one";
  EXPECT_THAT(verdict_text(e.exercise, e.check(std::string("\xff\xfei\0n\0t\0", 8))), HasSubstr("save it as UTF-8"));
}

TEST(Checking, a_compiler_without_a_word_is_not_the_fault_of_the_file) {
  const char* before = std::getenv("CXX");
  const std::string kept = before ? before : "";
  setenv("CXX", "/bin/false", 1);
  std::string said;
  try {
    small_exercise().check("int zero() { return 0; }\n");
  } catch (const FileError& e) { said = e.what(); }
  if (before) setenv("CXX", kept.c_str(), 1);
  else unsetenv("CXX");
  for (const char* part : {"/bin/false", "without a word", "exit status 1", "unset CXX", "apt-get install g++", "cairn doctor"})
    EXPECT_THAT(said, HasSubstr(part));
}

TEST(SlowChecking, prints_of_the_learner_are_shown_and_cut) {
  const Verdict v = square_with_fault("words");
  EXPECT_EQ(v.kind, Verdict::pass);
  EXPECT_THAT(v.prints, HasSubstr("x is 0\n"));
  EXPECT_THAT(v.prints, HasSubstr("more lines"));
  EXPECT_EQ(square_with_fault("").prints, "");
}

TEST(SlowChecking, memory_that_is_not_given_back_is_no_fault) { EXPECT_EQ(square_with_fault("leak").kind, Verdict::pass); }

TEST(SlowChecking, a_right_file_passes_a_wrong_one_gets_the_name_of_its_slip) {
  const SmallExercise& e = small_exercise();
  const Verdict right = e.check(both(right_square, right_sum));
  EXPECT_EQ(right.kind, Verdict::pass);
  EXPECT_GT(right.cases, 60);
  EXPECT_THAT(verdict_text(e.exercise, right), HasSubstr("(seed 7)"));

  const Verdict wrong = e.check(both("double square_plus_one(double x) { return x * x; }\n", right_sum));
  EXPECT_EQ(wrong.kind, Verdict::wrong);
  EXPECT_EQ(wrong.slip, "the one is missing");
  EXPECT_EQ(wrong.input, "x = 0");
  EXPECT_EQ(wrong.expected, "1");
  EXPECT_EQ(wrong.got, "0");
  const std::string text = verdict_text(e.exercise, wrong);
  for (const char* part : {"the one is missing", "The square alone is too small by one.", "expected  1", "got       0", "cairn hint T01", "--seed 7"})
    EXPECT_THAT(text, HasSubstr(part));
  const Json json = verdict_json(e.exercise, wrong);
  EXPECT_EQ(json.at("verdict").as_string(), "wrong");
  EXPECT_EQ(json.at("slip_file").as_string(), "mutants/no_one.cpp");
}

TEST(SlowChecking, the_starter_is_told_as_what_it_is_also_where_one_part_of_two_is_done) {
  const SmallExercise& e = small_exercise();
  const Verdict v = e.check(read_file(e.exercise.folder + "/exercise.cpp"));
  EXPECT_EQ(v.kind, Verdict::starter);
  EXPECT_THAT(verdict_text(e.exercise, v), HasSubstr("This is the file as it came."));
  const Verdict half = e.check(both(right_square, "double sum(const std::vector<double>& v) {\n  (void)v;\n  return 0;\n}\n"));
  EXPECT_EQ(half.kind, Verdict::starter);
  const std::string text = verdict_text(e.exercise, half);
  EXPECT_THAT(text, HasSubstr("1 of 2 parts is right"));
  EXPECT_THAT(text, HasSubstr("This part is as it came"));
  EXPECT_THAT(text, Not(HasSubstr("Nothing is computed")));
}

TEST(SlowChecking, no_slip_is_named_where_none_fits) {
  const Verdict v = small_exercise().check(both("double square_plus_one(double x) { return x * x * x + 7; }\n", right_sum));
  EXPECT_EQ(v.kind, Verdict::wrong);
  EXPECT_EQ(v.slip, "");
  EXPECT_THAT(verdict_text(small_exercise().exercise, v), HasSubstr("No slip that I know fits"));
}

TEST(SlowChecking, a_simple_relation_is_seen_where_no_mutant_fits) {
  const Verdict v = small_exercise().check(both("double square_plus_one(double x) { return 3 * (x * x + 1); }\n", right_sum));
  EXPECT_EQ(v.slip, "");
  EXPECT_THAT(v.pattern, HasSubstr("3 times the right one"));
  const Verdict sign = small_exercise().check(both("double square_plus_one(double x) { return -x * x - 1; }\n", right_sum));
  EXPECT_THAT(sign.pattern, HasSubstr("opposite sign"));
}

TEST(SlowChecking, a_slip_in_the_first_part_is_named_though_the_second_is_not_begun) {
  const Verdict v = small_exercise().check(
      both("double square_plus_one(double x) { return x + x + 1; }\n", "double sum(const std::vector<double>&) { return 0; }\n"));
  EXPECT_EQ(v.slip, "doubled instead of squared");
}

TEST(SlowChecking, a_type_of_the_learners_may_have_any_name) {
  const std::string file = both(
      "struct Answer { double y; };\nstruct Slip { double x; };\ndouble square_plus_one(double x) {\n  const Slip s{x};\n  return Answer{s.x * s.x + "
      "1}.y;\n}\n",
      right_sum);
  EXPECT_EQ(
      small_exercise()
          .check(both("struct Case { double y; };\ndouble square_plus_one(double x) {\n  const Case c{x};\n  return c.y * c.y + 1;\n}\n", right_sum))
          .kind,
      Verdict::pass);
  EXPECT_EQ(small_exercise().check(file).kind, Verdict::does_not_compile);  // but for Answer, which is the exercise's own
}

TEST(SlowChecking, files_that_are_no_answer_are_told_in_plain_words) {
  const SmallExercise& e = small_exercise();
  const auto name = [&](const std::string& text) {
    const Verdict v = e.check(text);
    EXPECT_EQ(v.kind, Verdict::does_not_compile);
    EXPECT_FALSE(v.notes.empty());
    return v.notes.empty() ? "" : v.notes[0].name;
  };
  EXPECT_EQ(name(""), "empty file");
  EXPECT_EQ(name("// only words\n/* and more */\n"), "empty file");
  EXPECT_EQ(name("#include <vector>\nint other() { return 1; }\n"), "function missing");
  EXPECT_EQ(name(both("int square_plus_one(int x) { return x * x + 1; }\n", right_sum)), "wrong signature");
  EXPECT_EQ(name("#include <vectr>\n" + both(right_square, right_sum)), "missing header");
  EXPECT_EQ(name(both("double helper(double x);\ndouble square_plus_one(double x) { return helper(x); }\n", right_sum)), "no body");
  EXPECT_EQ(name("double square_plus_one(double x) { return x * x + 1; }\ndouble sum(const std::vector<double>& v) { return v[0]; }\n"),
            "missing include");
  EXPECT_EQ(name(both(right_square, right_sum) + "}\n"), "brace too many");
  EXPECT_EQ(name(std::string(300, '\x01')), "no text");
}

TEST(SlowChecking, a_main_of_the_learners_does_no_harm) {
  EXPECT_EQ(small_exercise().check(both(right_square, right_sum) + "int main() { return sum({1}) > 0; }\n").kind, Verdict::pass);
}

TEST(SlowChecking, what_was_printed_before_the_end_is_shown) {
  const Verdict v = small_exercise().check(both(
      "#include <cstdio>\ndouble square_plus_one(double x) {\n  std::printf(\"before %g\\n\", x);\n  volatile int zero = 0;\n  return 1 / zero;\n}\n",
      right_sum));
  EXPECT_EQ(v.fault.kind, "division by zero");
  EXPECT_EQ(v.fault.line, 7);
  EXPECT_EQ(v.prints, "before 0\n");
}

TEST(SlowChecking, a_missing_compiler_is_told_with_the_command_that_installs_it) {
  setenv("CXX", "no-such-compiler-here", 1);
  try {
    small_exercise().check(both(right_square, right_sum));
    ADD_FAILURE() << "nothing was thrown";
  } catch (const FileError& e) { EXPECT_THAT(e.what(), HasSubstr("apt-get install g++")); }
  unsetenv("CXX");
}

TEST(SlowChecking, a_judge_that_is_not_built_is_told_with_the_command_that_builds_it) {
  const SmallExercise& e = small_exercise();
  try {
    check_text(e.exercise, e.learner_file(), both(right_square, right_sum), 1, "/nowhere/T01.o");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const FileError& error) { EXPECT_THAT(error.what(), HasSubstr("cairn_judges")); }
}

// Else a check of A14 takes twice as long, and nothing but the clock would tell.
TEST(Checking, the_engines_headers_are_read_ahead_with_the_flags_of_a_check) {
  const Exercise e = find_exercise("A14");
  ASSERT_TRUE(e.engine);
  const std::string ahead = course_build_folder() + "/judge/ahead/watched_engine.h.gch";
  if (!file_exists(ahead)) GTEST_SKIP() << ahead << " is made where g++ builds Cairn";
  const Scratch scratch;
  const std::string file = e.folder + "/solution.cpp";
  write_unsynced(scratch / "unit.cpp", learner_unit(e, file, read_file(file, 65536)));
  std::vector<std::string> words = learner_flags(e);
  for (const std::string& w : {std::string("-H"), std::string("-Winvalid-pch"), std::string("-fsyntax-only"), scratch / "unit.cpp"})
    words.push_back(w);
  const Ended ended = run_limited(words, scratch.path(), {});
  EXPECT_EQ(ended.code, 0) << ended.printed;
  EXPECT_THAT(ended.printed, HasSubstr("! " + ahead));  // how -H marks a precompiled header that was taken
}

TEST(Limits, a_program_that_prints_sleeps_or_computes_too_much_is_ended) {
  Limits l;
  l.seconds = 0.3;
  l.output_bytes = 1000;
  EXPECT_EQ(run_limited({"yes"}, "/", l).how, Ended::too_much_output);
  EXPECT_EQ(run_limited({"sleep", "60"}, "/", l).how, Ended::too_slow);
  const Ended word = run_limited({"sh", "-c", "echo word; echo other >&2; echo channel >&3; exit 5"}, "/", l);
  EXPECT_EQ(word.how, Ended::exited);
  EXPECT_EQ(word.code, 5);
  EXPECT_EQ(word.printed, "word\nother\n");
  EXPECT_EQ(word.channel, "channel\n");
  EXPECT_EQ(run_limited({"no-such-program-here"}, "/", l).how, Ended::not_started);
  EXPECT_EQ(run_limited({"sh", "-c", "kill -SEGV $$"}, "/", l).how, Ended::killed);
  EXPECT_EQ(run_limited({"cat"}, "/", l).code, 0);  // there is nothing to read, so nothing waits
}

TEST(Limits, what_a_program_leaves_running_ends_with_it) {
  const Scratch scratch;
  Limits l;
  l.seconds = 5;
  const Ended e = run_limited({"sh", "-c", "(sleep 50; echo late > late) & echo done"}, scratch.path(), l);
  EXPECT_EQ(e.printed, "done\n");
  EXPECT_FALSE(file_exists(scratch / "late"));
  EXPECT_EQ(run_limited({"sh", "-c", "yes & exit 3"}, "/", l).code, 3);  // though it would print for ever
}

TEST(Limits, a_program_that_starts_too_many_processes_is_ended_with_all_of_them) {
  Limits l;
  l.seconds = 5;
  l.processes = 40;
  // Each child starts the next one, 60 in all, and sleeps: a chain that ends by itself. "word" is never reached within the limits.
  const std::string chain = "chain() { if [ $1 -gt 0 ]; then chain $(($1 - 1)) & sleep 30.0625; fi; wait; }; ";
  const Ended many = run_limited({"sh", "-c", chain + "chain 60; echo word"}, "/", l);
  EXPECT_EQ(many.how, Ended::too_many_processes);
  EXPECT_EQ(many.printed, "");
  EXPECT_LT(many.seconds, 5);
  const auto left = [] {
    int n = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
      std::ifstream file(entry.path() / "cmdline");
      std::string words((std::istreambuf_iterator<char>(file)), {});
      n += words.find("30.0625") != std::string::npos && words.starts_with("sleep");
    }
    return n;
  };
  for (int i = 0; i < 100 && left() > 0; i++) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(left(), 0);
  EXPECT_EQ(run_fault(many, "", "", "", l, 256).kind, "too many processes");
  EXPECT_THAT(run_fault(many, "", "", "", l, 256).sentence, HasSubstr("your program starts more than 40 processes"));
  // Each shell and its sleep: 2 for each link. As many as are allowed run on, and so does everything without a limit.
  const Ended few = run_limited({"sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 0.3 & done; wait; echo word"}, "/", l);
  EXPECT_EQ(few.how, Ended::exited);
  EXPECT_EQ(few.printed, "word\n");
  l.processes = 0;
  EXPECT_EQ(run_limited({"sh", "-c", "i=0; while [ $i -lt 60 ]; do sleep 0.3 & i=$((i+1)); done; wait; echo word"}, "/", l).printed, "word\n");
}

TEST(Limits, what_waits_is_told_from_what_computes) {
  Limits l;
  l.seconds = 0.2;
  const Ended waits = run_limited({"sleep", "60"}, "/", l), computes = run_limited({"sh", "-c", "while :; do :; done"}, "/", l);
  EXPECT_EQ(run_fault(waits, "", "", "", l, 256).kind, "waits");
  EXPECT_EQ(run_fault(computes, "", "", "", l, 256).kind, "endless loop");
}

TEST(Limits, the_environment_is_the_learners_but_for_what_is_replaced) {
  setenv("CAIRN_TEST_WORD", "before", 1);
  EXPECT_EQ(run_limited({"sh", "-c", "echo $CAIRN_TEST_WORD"}, "/", {}).printed, "before\n");
  EXPECT_EQ(run_limited({"sh", "-c", "echo $CAIRN_TEST_WORD"}, "/", {}, {"CAIRN_TEST_WORD=after"}).printed, "after\n");
  unsetenv("CAIRN_TEST_WORD");
}

TEST(OwnPrints, are_those_of_the_learner_alone) {
  EXPECT_EQ(own_prints("hello\n\ncairn: element 5 of 5\n==12==ERROR: AddressSanitizer: x\n"), "hello\n");
  EXPECT_EQ(own_prints(""), "");
  std::string many;
  for (int i = 0; i < 50; i++) many += "line\n";
  EXPECT_THAT(own_prints(many), HasSubstr("... and 20 more lines"));
}

}  // namespace cairn::course
