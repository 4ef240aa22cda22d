// slip: a score equal to the goal fails
// why: "At least" includes the goal itself: >=.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score > goal;
  if (passed) return "passed";
  return "failed";
}
