// slip: the goal is not looked at
// why: The score is compared with the goal, not with 0.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score >= 0;
  if (passed) return "passed";
  return "failed";
}
