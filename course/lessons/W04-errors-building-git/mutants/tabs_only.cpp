// slip: tabs part words, and blanks do not
// why: The blank is ' '.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '\t') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
