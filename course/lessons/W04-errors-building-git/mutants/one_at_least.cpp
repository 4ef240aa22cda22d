// slip: a text without words has one
// why: An empty text has no words, and neither has one of blanks: 0.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == ' ') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return std::max(count, 1);
}
