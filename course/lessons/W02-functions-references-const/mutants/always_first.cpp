// slip: the first word is returned
// why: Whenever a word is longer than the best so far, it becomes the best: is its index kept?
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  return words[0];
}
