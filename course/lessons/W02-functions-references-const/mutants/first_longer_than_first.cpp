// slip: it stops at the first word that is longer than the first
// why: A still longer word may follow: go through all words.
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
    if (words[i].size() > words[0].size()) return words[i];
  }
  return words[best];
}
