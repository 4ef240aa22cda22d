// slip: the last character is not looked at
// why: i runs over all characters: i < text.size().
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i + 1 < text.size(); i++) {
    if (text[i] == ' ') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
