// slip: the last word is returned
// why: A word becomes the best only when it is longer than the best so far.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  return words.back();
}
