// slip: words are thrown, not an exception
// why: throw "no words" throws a text. Throw an object of the class that the exercise names: throw std::invalid_argument("no words").
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw "no words";
  size_t best = 0;
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i].size() > words[best].size()) best = i;
  }
  return words[best];
}
