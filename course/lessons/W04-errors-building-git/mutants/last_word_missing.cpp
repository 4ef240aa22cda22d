// slip: a word at the end is not counted
// why: You count where a blank ends a word. The last word may be ended by the end of the text: count where a word begins, or look once more
//   behind the loop.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] != ' ') inside = true;
    else if (inside) {
      inside = false;
      count++;
    }
  }
  return count;
}
