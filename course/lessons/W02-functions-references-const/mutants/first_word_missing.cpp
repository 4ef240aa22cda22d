// slip: the first word is not looked at
// why: Index 0 is the first word. Begin with it as the best so far.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  size_t best = words.size() > 1 ? 1 : 0;
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i].size() > words[best].size()) best = i;
  }
  return words[best];
}
