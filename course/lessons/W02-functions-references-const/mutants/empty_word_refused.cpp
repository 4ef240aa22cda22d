// slip: an empty string counts as no word
// why: A string without letters is a word of the length 0. Throw only when the vector holds no strings.
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
    if (words[i].size() > words[best].size()) best = i;
  }
  if (words[best].empty()) throw std::invalid_argument("no words");
  return words[best];
}
