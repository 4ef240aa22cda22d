// slip: each word is compared with a length of 0
// why: Keep the length of the best word so far, and compare with it.
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
    if (!words[i].empty()) best = i;
  }
  return words[best];
}
