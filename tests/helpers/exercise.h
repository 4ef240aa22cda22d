// A small exercise of its own, whose judge is compiled once for all tests of a program: f(x) = x * x + 1, and the sum of a list.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <course/machinery/checking.h>
#include <course/machinery/exercises.h>
#include <course/machinery/paths.h>
#include <course/machinery/toolchain.h>

namespace cairn::course {

inline const char* right_square = "double square_plus_one(double x) {\n  return x * x + 1;\n}\n";
inline const char* right_sum =
    "double sum(const std::vector<double>& v) {\n  double s = 0;\n  for (size_t i = 0; i < v.size(); i++) s += v[i];\n  return s;\n}\n";
inline std::string both(const std::string& square, const std::string& sum) { return "#include <vector>\n\n" + square + "\n" + sum; }

struct SmallExercise {
  Scratch scratch;
  Exercise exercise;
  std::string judge;

  SmallExercise() {
    exercise.id = "T01";
    exercise.name = "T01-small";
    exercise.title = "a small one";
    exercise.folder = scratch / "T01-small";
    exercise.seconds = 2;
    exercise.memory_mib = 256;
    disk().make_folder(exercise.folder + "/mutants");
    put("answer.h",
        "#pragma once\n#include <vector>\nstruct Answer {\n  double (*square_plus_one)(double x);\n  double (*sum)(const std::vector<double>& "
        "v);\n};\n"
        "#define ANSWER {square_plus_one, sum}\n");
    put("exercise.cpp", both("double square_plus_one(double x) {\n  (void)x;\n  return 0;\n}\n",
                             "double sum(const std::vector<double>& v) {\n  (void)v;\n  return 0;\n}\n"));
    put("solution.cpp", both(right_square, right_sum));
    put("solution_alt.cpp", both("double square_plus_one(double x) {\n  return 1 + x * x;\n}\n",
                                 "double sum(const std::vector<double>& v) {\n  double s = 0;\n  for (double x : v) s += x;\n  return s;\n}\n"));
    put("mutants/no_one.cpp", "// slip: the one is missing\n// why: The square alone is too small by one.\n" +
                                  both("double square_plus_one(double x) { return x * x; }\n", right_sum));
    put("mutants/doubled.cpp", "// slip: doubled instead of squared\n// why: x * x is not x + x.\n" +
                                   both("double square_plus_one(double x) { return x + x + 1; }\n", right_sum));
    put("mutants/first_left_out.cpp",
        "// slip: the first element is left out\n// why: Elements are counted from 0.\n" +
            both(
                right_square,
                "double sum(const std::vector<double>& v) {\n  double s = 0;\n  for (size_t i = 1; i < v.size(); i++) s += v[i];\n  return s;\n}\n"));
    put("hints.md", "## Hint 1\nLook.\n\n## Hint 2\nLook again.\n\n## Hint 3\nOne line.\n");
    put("check.cpp",
        "#include <course/machinery/judge/judge.h>\n#include <string>\n"
        "static void check(judge::Check<Answer>& c) {\n"
        "  c.property<double>(\"the square plus one\").also({0.0, 1.0, 3.0}).draw([](judge::Draw& d) { return d.number(); })\n"
        "      .show([](double x) { return \"x = \" + judge::text(x); })\n"
        "      .run([](const Answer& a, double x, judge::Output& o) { o(\"square_plus_one\", a.square_plus_one(x)); }).read(\"By hand\");\n"
        "  c.property<std::vector<double>>(\"the sum\").also({{}, {2}}).draw([](judge::Draw& d) { return d.numbers(d.integer(0, d.size)); })\n"
        "      .show([](const std::vector<double>& v) { return \"v = \" + judge::text(v); })\n"
        "      .run([](const Answer& a, const std::vector<double>& v, judge::Output& o) { o(\"sum\", a.sum(v)); });\n"
        "}\n");
  }
  void put(const std::string& name, const std::string& text) const { write_unsynced(exercise.folder + "/" + name, text); }
  std::string learner_file() const { return scratch / "exercise.cpp"; }

  void compile_judge() {
    write_unsynced(scratch / "judge.cpp", generated_unit("judge", exercise, {}, exercise.folder));
    judge = scratch / "judge.o";
    const Ended e = run_limited({compiler(), "-std=c++20", "-O1", "-w", "-I" + course_folder() + "/..", "-c", scratch / "judge.cpp", "-o", judge},
                                exercise.folder, {});
    if (e.how != Ended::exited || e.code != 0) throw StateError("the test's judge does not compile: " + e.printed);
  }
  Attempt attempt(const std::string& text) const { return Attempt(exercise, learner_file(), text, judge); }
  Verdict check(const std::string& text, uint64_t seed = 7) const { return check_text(exercise, learner_file(), text, seed, judge); }
};

inline const SmallExercise& small_exercise() {
  static const std::unique_ptr<SmallExercise> one = [] {
    auto e = std::make_unique<SmallExercise>();
    e->compile_judge();
    return e;
  }();
  return *one;
}

}  // namespace cairn::course
