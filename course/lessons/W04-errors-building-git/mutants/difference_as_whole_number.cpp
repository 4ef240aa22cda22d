// slip: the difference is taken as a whole number
// why: An int drops what comes after the point, and a score a little below the goal passes. Compare the doubles.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const int above = int(score - goal);
  if (above >= 0) return "passed";
  return "failed";
}
