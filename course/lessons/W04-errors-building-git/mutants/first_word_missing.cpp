// slip: a word at the beginning is not counted
// why: You count where a character follows on a blank. The first word may have no blank in front of it.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (i > 0 && text[i] != ' ' && text[i - 1] == ' ') count++;
  }
  return count;
}
