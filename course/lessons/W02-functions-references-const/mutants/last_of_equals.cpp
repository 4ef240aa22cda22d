// slip: the last of equally long words is taken
// why: With >= a later word of the same length takes the place of the first. Use >.
#include <algorithm>
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
    if (words[i].size() >= words[best].size()) best = i;
  }
  return words[best];
}
