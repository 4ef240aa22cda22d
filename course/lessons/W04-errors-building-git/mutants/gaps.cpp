// slip: runs of blanks are counted
// why: The condition is turned round: a word is a run of characters other than the blank.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] != ' ') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
