// slip: where the score is too low, nothing is returned
// why: Then the verdict is "failed".
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score >= goal;
  if (passed) return "passed";
  return "";
}
