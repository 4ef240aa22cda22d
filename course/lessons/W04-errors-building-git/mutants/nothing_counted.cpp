// slip: nothing is counted
// why: inside becomes true before it is asked for, or the counter that grows is not the one that is returned.
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
    else if (!inside) { inside = true; }
  }
  return count;
}
