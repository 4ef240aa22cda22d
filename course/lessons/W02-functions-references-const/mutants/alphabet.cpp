// slip: words are compared by the alphabet
// why: words[i] > words[best] asks which stands later in a dictionary. The length is words[i].size().
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
    if (words[i] > words[best]) best = i;
  }
  return words[best];
}
