// slip: tabs and ends of lines part words, too
// why: Here only the blank ' ' parts words. A tab or the end of a line is a character of a word; reading with >> and std::isspace take them for
//   blanks.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    const bool blank = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
    if (blank) inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
