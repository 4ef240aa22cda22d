// slip: every text that is not empty has one word
// why: A blank ends a word: inside has to become false at a blank. Is the character compared with ' ', in single quotes?
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '\0') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
