// slip: words behind a blank are counted, and one more
// why: The first word may have a blank in front of it, too, and a text of blanks has no word: count it only where it is there.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 1;
  bool inside = true;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == ' ') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
