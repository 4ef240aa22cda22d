// slip: the reference leads to a variable that is gone
// why: A variable of the function ends with the function; a reference to it leads nowhere. Here it does not even lead to the string in
//   the vector. Return words[i] itself.
// state: kept from call to call
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  static std::string best;
  if (words.empty()) throw std::invalid_argument("no words");
  best = words[0];
  for (const std::string& w : words) {
    if (w.size() > best.size()) best = w;
  }
  return best;
}
