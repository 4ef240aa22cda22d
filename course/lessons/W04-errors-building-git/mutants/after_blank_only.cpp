// slip: inside becomes false at other characters, too
// why: Each character begins a word unless it follows on one of the same word: inside stays true up to the next blank.
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
    } else inside = false;
  }
  return count;
}
