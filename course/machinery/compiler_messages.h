// What the compiler says about a learner's file, shortened and explained.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cairn::course {

struct CompilerNote {
  bool error = false;
  int64_t line = 0, column = 0;  // in the learner's file; 0: not in it
  std::string message;           // the compiler's, shortened
  std::string explanation;       // ours; empty where the mistake is none of the common ones
  std::string name;              // of the common mistake: "missing semicolon"
  std::string source;            // the learner's line
};

// `words`: what g++ printed (LC_ALL=C, without carets). `file`: the learner's file as the compiler was given it; `text`: what is in it.
// Errors first, each place once, at most three; then at most three warnings.
std::vector<CompilerNote> compiler_notes(const std::string& words, const std::string& file, const std::string& text);
// For a terminal: place and message, the line with a mark below, the explanation. `shown` is the path to print.
// `width`: of the lines of the explanation; 0: it is not broken.
std::string note_text(const CompilerNote& note, const std::string& shown, size_t width = 0);

// A common mistake: how g++ words it, and what we say. \1 in the explanation is the first group of the pattern.
struct CommonMistake {
  const char* name;
  const char* pattern;
  const char* explanation;
  const char* example;  // a file that has it: the tests compile it
};
const std::vector<CommonMistake>& common_mistakes();

}  // namespace cairn::course
