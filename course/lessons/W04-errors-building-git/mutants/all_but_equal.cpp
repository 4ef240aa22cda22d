// slip: every score other than the goal passes
// why: "At least" is >=: the goal and what is above it.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score != goal;
  if (passed) return "passed";
  return "failed";
}
