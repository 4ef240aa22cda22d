// slip: the exception has another message
// why: Without words the function throws std::invalid_argument("no words"): these words, letter by letter.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("the list is empty");
  size_t best = 0;
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i].size() > words[best].size()) best = i;
  }
  return words[best];
}
