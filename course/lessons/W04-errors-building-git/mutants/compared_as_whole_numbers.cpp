// slip: score and goal are compared as whole numbers
// why: An int drops what comes after the point, and a score a little below the goal passes. Compare the doubles.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = int(score) >= int(goal);
  if (passed) return "passed";
  return "failed";
}
