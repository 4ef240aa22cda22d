// slip: the first word of the alphabet is taken
// why: < between strings goes by the alphabet. Compare their size().
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  size_t best = 0;
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i] < words[best]) best = i;
  }
  return words[best];
}
