// slip: the loop ends before the text does
// why: A return in the loop ends the function in the first round, a break at a blank ends the loop there. The return belongs behind the
//   closing brace of the loop, and a blank is no end.
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
