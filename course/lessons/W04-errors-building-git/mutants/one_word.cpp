// slip: after the first word nothing is counted
// why: A blank ends a word: inside has to become false again.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] != ' ' && !inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
