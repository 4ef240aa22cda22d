// Small wrong versions of a right file: an operator, a bound, an index, a constant changed, a term or a statement left out, two arguments
// swapped. A judge that lets one of them pass does not look at something; `cairn course check` says at what.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cairn::course {

struct Mutation {
  int64_t line = 0;
  std::string what;  // "i < n -> i <= n": the change with its neighbours; " (2)" behind it where a line has the same one twice
  std::string text;  // the whole file
  std::string name() const { return std::to_string(line) + ": " + what; }  // as equivalent.txt has it
};

// In the order of the file; the same file gives the same list. `text` is laid out by clang-format: an operator with two operands stands
// between blanks, so that < of a comparison and of std::vector<double> are told apart. Not every one of them compiles.
std::vector<Mutation> mutations_of(const std::string& text);
// At most `most`, evenly taken from the whole file.
std::vector<Mutation> some_of(std::vector<Mutation> all, size_t most);

}  // namespace cairn::course
