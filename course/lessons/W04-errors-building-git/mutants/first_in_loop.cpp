// slip: the return stands within the loop
// why: A return in the loop ends the function in the first round. It belongs behind the closing brace of the loop.
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
    return count;
  }
  return count;
}
