// slip: = stands where == or nothing is meant
// why: if (passed = true) writes true into passed and is always true. The compiler warns of it. Write if (passed).
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  bool passed = score >= goal;
  if ((passed = true)) return "passed";
  return "failed";
}
