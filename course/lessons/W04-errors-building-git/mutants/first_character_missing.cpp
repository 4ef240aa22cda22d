// slip: the first character is not looked at
// why: Indices begin at 0.
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 1; i < text.size(); i++) {
    if (text[i] == ' ') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
