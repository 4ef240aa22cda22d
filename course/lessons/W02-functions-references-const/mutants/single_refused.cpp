// slip: a single word is refused
// why: One word is the longest of all. Throw only when there are none.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.size() < 2) throw std::invalid_argument("no words");
  size_t best = 0;
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i].size() > words[best].size()) best = i;
  }
  return words[best];
}
