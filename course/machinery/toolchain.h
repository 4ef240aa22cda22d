// Compiling and running what a learner wrote: the compiler with its words, a child process with limits, the translation unit around a file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <course/machinery/exercises.h>

namespace cairn::course {

struct Limits {
  double seconds = 60;                        // of processor time; four times as much by the clock
  uint64_t output_bytes = uint64_t{1} << 20;  // of what it prints; more ends it
  uint64_t file_bytes = uint64_t{256} << 20;  // of each file that it writes
  uint64_t memory_bytes = 0;                  // of addresses; 0: no limit (a program with sanitizers has its own)
  int64_t processes = 0;                      // at once in its group, each thread counted; 0: no limit
};

constexpr int64_t most_processes = 200;  // of a learner's program

struct Ended {
  // stopped: `heard` of run_limited said so
  enum How { exited, killed, too_slow, too_much_output, not_started, stopped, too_many_processes } how = exited;
  int code = 0;         // exit code, or the signal
  std::string printed;  // standard output and error, in their order
  std::string channel;  // what it wrote to descriptor 3
  double seconds = 0;   // by the clock
  double computed = 0;  // seconds of a processor
};

// Runs a program in a process group of its own, with nothing on standard input. `more_environment`: NAME=VALUE words. `heard` is called many
// times a second while it runs, with what came on descriptor 3 so far; false ends the program.
Ended run_limited(const std::vector<std::string>& words, const std::string& folder, const Limits& limits,
                  const std::vector<std::string>& more_environment = {}, const std::function<bool(const std::string& channel)>& heard = {});

// A folder that goes away with its owner.
class Scratch {
 public:
  Scratch();  // FileError where no temporary folder can be made
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
 private:
  std::string path_;
};

std::string compiler();  // CXX of the environment, else g++
// FileError with the command that installs it.
[[noreturn]] void compiler_missing();
// It failed and printed nothing: then the mistake is not in the learner's file.
bool compiler_says_nothing(const Ended& ended);
// FileError with its name, how it ended, and what to do.
[[noreturn]] void compiler_silent(const Ended& ended);
// A project's second program: `unit` for speed, on this machine, with nothing but the standard library.
std::vector<std::string> fast_command(const Exercise& exercise, const std::string& unit, const std::string& program);
// The compiler and its words without a source: g++, those of judge/flags.txt, how it writes its messages, -I...
std::vector<std::string> learner_flags(const Exercise& exercise);
// What links a learner's object with its judge: the judge's objects, and the engine's library where the exercise is about it. FileError when
// the judge has not been built.
std::vector<std::string> link_words(const Exercise& exercise, const std::string& judge_object);
std::string judge_object(const Exercise& exercise);  // <build>/course/judge/A06.o
// For editors: g++ -std=c++20 -Wall -I...
std::vector<std::string> editor_command(const Exercise& exercise);
// What the sanitizers are told in the environment; reports go to files FOLDER/report.*
std::vector<std::string> sanitizer_environment(const std::string& folder, int64_t memory_mib);

// The translation unit around a learner's file: its headers, the file in a namespace of its own (so that its types and those of the judge
// may have the same names), and the answer made of it. Watched: an index out of range is told with the container's size.
enum class Watched { no, yes };
std::string learner_unit(const Exercise& exercise, const std::string& file, const std::string& text, Watched watched = Watched::yes);
// For speed, not watched, with the project's trainer.cpp behind it, which has main().
std::string trainer_unit(const Exercise& exercise, const std::string& file, const std::string& text);
// The same for many files, by the script `generate`. FileError with what it said.
std::string generated_unit(const std::string& kind, const Exercise& exercise, const std::vector<std::string>& files, const std::string& folder);

}  // namespace cairn::course
