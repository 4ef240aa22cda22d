// slip: the words are other ones
// why: They are "passed" and "failed", letter by letter; the quotes do not belong to the text.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double score, double goal) {
  const bool passed = score >= goal;
  if (passed) return "'passed'";
  return "'failed'";
}
