// slip: every character of a word is counted
// why: Only the first character of a word counts; inside remembers that the others belong to it.
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
    else if (!inside) { count++; }
  }
  return count;
}
