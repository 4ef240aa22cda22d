// slip: the comparison is turned round
// why: "At least" is >=: the score may be the goal or above it.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score <= goal;
  if (passed) return "passed";
  return "failed";
}
