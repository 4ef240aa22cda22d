// slip: passed and failed are exchanged
// why: Where the score is at least the goal, the verdict is "passed".
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score >= goal;
  if (!passed) return "passed";
  return "failed";
}
