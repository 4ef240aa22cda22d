// slip: ends of lines part words, too
// why: Here only the blank ' ' parts words. The end of a line is a character of a word.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == ' ' || text[i] == '\n') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
