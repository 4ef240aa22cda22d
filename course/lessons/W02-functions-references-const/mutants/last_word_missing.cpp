// slip: the last word is not looked at
// why: The last index is size() - 1, and i < size() lets i go up to it. With i < size() - 1 the loop ends one early.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  size_t best = 0;
  for (size_t i = 1; i < words.size() - 1; i++) {
    if (words[i].size() > words[best].size()) best = i;
  }
  return words[best];
}
