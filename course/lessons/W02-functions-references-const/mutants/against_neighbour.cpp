// slip: each word is compared with the one before it
// why: A word has to be longer than the longest so far: compare with words[best], and not with words[i - 1].
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
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i].size() > words[i - 1].size()) best = i;
  }
  return words[best];
}
