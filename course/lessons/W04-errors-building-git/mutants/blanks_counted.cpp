// slip: blanks are counted
// why: Several blanks in a row are one gap, and blanks at the ends are none. A word begins where a character follows on a blank or on the
//   beginning.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 1;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == ' ') count++;
  }
  return count;
}
