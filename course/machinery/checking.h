// A check: the learner's file is compiled alone, linked with its judge, run with limits; what came of it is a verdict in words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <course/machinery/compiler_messages.h>
#include <course/machinery/exercises.h>
#include <course/machinery/run_messages.h>
#include <course/machinery/training.h>

namespace cairn::course {

struct Verdict {
  // falls_short, unfinished: of a project that is right on small inputs; its training missed a goal or broke off; lacked data or was stopped.
  enum Kind { pass, starter, wrong, does_not_compile, breaks_off, falls_short, unfinished } kind = wrong;
  uint64_t seed = 0;
  std::string file, digest;  // the learner's file and the SHA-256 of what was judged
  // wrong, starter: the first property that fails, and the smallest input that was found
  std::string property, input, item, expected, got;
  std::string evidence;                       // of a wrong gradient: what central differences of the loss say
  std::string slip_file, slip, why, pattern;  // empty where nothing fits
  std::string section;                        // of the lesson: what to read
  int64_t passed_before = 0, properties = 0, cases = 0, failing = 0;
  std::vector<CompilerNote> notes;  // errors of does_not_compile; warnings otherwise
  RunFault fault;                   // of breaks_off
  std::string prints;               // the learner's own
  std::vector<Trained> trained;     // of a project
  double compile_seconds = 0, link_seconds = 0, run_seconds = 0;
};

// The solution does not agree with what its check states of it (judge.h, slope_of): no answer can be judged, and none is at fault.
class BrokenCheck : public StateError {
 public:
  BrokenCheck(const Exercise& exercise, const Json& said, uint64_t seed);
  std::string problem;  // what() without the words to a learner
};
// Throws it where the judge said so.
void throw_if_broken(const Exercise& exercise, const Json& said, uint64_t seed);

// A project that passes is then trained on real pictures; `tell` is told how far it is. Waits up to 20 s for another check of the same file.
// StateError when that one does not end; BrokenCheck; FileError when the file is unreadable or the compiler is missing (with the command that
// installs it).
Verdict check_exercise(const Exercise& exercise, const std::string& file, uint64_t seed, const TrainingTell& tell = {});
// One text of a learner, compiled and linked once, to be run with one seed or several.
class Attempt {
 public:
  // `shown` is the learner's file, which messages name and beside which its own headers lie.
  Attempt(const Exercise& exercise, const std::string& shown, const std::string& text, const std::string& judge_object);
  bool compiles() const { return verdict_.kind != Verdict::does_not_compile; }
  Verdict run(uint64_t seed, const std::vector<std::string>& environment = {}) const;
 private:
  void build(const std::string& judge_object);
  Exercise exercise_;
  std::string text_;
  Scratch scratch_;
  Verdict verdict_;
};
Verdict check_text(const Exercise& exercise, const std::string& shown, const std::string& text, uint64_t seed, const std::string& judge_object);

// The training of a project whose file has passed on small inputs, as part of its verdict.
void train_and_judge(Verdict& verdict, const Exercise& exercise, const TrainingPlan& project, const std::string& text, const TrainingTell& tell,
                     const TrainingData& data = data_at_hand);

// Sentences on lines of `width` columns, code and values as they are; 0: no line is broken.
std::string verdict_text(const Exercise& exercise, const Verdict& verdict, size_t width = 0);
Json verdict_json(const Exercise& exercise, const Verdict& verdict);
uint64_t fresh_seed();  // four digits, so that a person can type it again

// The program of many answers, for `cairn course check`: what each JSON line of the judge said.
std::vector<Json> json_lines(const std::string& text);
std::string text_of(const Json& object, const char* key);  // "" where the key has no text

}  // namespace cairn::course
