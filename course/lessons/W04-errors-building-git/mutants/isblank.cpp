// slip: tabs part words, too
// why: Here only the blank ' ' parts words. A tab is a character of a word; std::isblank takes it for a blank.
#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (std::isblank(text[i])) inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
