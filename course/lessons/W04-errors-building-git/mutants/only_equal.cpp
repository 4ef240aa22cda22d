// slip: only a score equal to the goal passes
// why: "At least" includes all that is above the goal: >=.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score == goal;
  if (passed) return "passed";
  return "failed";
}
