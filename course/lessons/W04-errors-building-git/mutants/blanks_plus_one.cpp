// slip: each blank counts as one more word
// why: Several blanks in a row are one gap, and blanks at the ends are none. A word begins where a character follows on a blank or on the
//   beginning.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  if (text.empty()) return 0;
  return 1 + int(std::count(text.begin(), text.end(), ' '));
}
