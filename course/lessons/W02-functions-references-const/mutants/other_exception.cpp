// slip: another exception is thrown
// why: Without words the function throws std::invalid_argument("no words"). The type is what a caller catches: std::runtime_error or
//   std::out_of_range would go past it.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::runtime_error("no words");
  size_t best = 0;
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i].size() > words[best].size()) best = i;
  }
  return words[best];
}
