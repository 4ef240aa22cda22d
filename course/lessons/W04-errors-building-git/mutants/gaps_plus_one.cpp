// slip: the gaps are counted, and one more
// why: A run of blanks at an end parts no words, and a text of blanks has none. Count the beginnings of words instead.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 1;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == ' ' && (i == 0 || text[i - 1] != ' ')) count++;
  }
  return count;
}
