// slip: "passed" is another word
// why: It is "passed", letter by letter, in double quotes; the quotes do not belong to the text.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score >= goal;
  if (passed) return "Passed";
  return "failed";
}
