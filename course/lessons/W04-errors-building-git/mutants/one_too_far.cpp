// slip: an empty text, or a blank at the end, makes one word more
// why: With i <= text.size() the loop goes one character too far: text[text.size()] lies behind the last one, in a string there is a 0,
//   which is no blank and counts as a word. The condition is i < text.size(). (Or is what a blank ends counted, and one more? The last word
//   may be ended by a blank, too.)
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i <= text.size(); i++) {
    if (text[i] == ' ') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}
