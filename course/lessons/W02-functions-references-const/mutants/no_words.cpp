// slip: nothing is thrown when there are no words
// why: There is no string that the reference could refer to, so the function has to throw. A static empty string hides the mistake of the
//   caller.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::clipped;

const std::string& longest(const std::vector<std::string>& words) {
  static const std::string none;
  return words.empty() ? none : solution_::longest(words);
}
