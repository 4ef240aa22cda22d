// slip: empty words between two blanks are counted
// why: std::getline with a blank gives an empty text between two blanks, and before a blank at the beginning. A word has at least one
//   character.
#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using solution_::median;
using solution_::verdict;

int words_in(const std::string& text) {
  int count = 0;
  std::istringstream in(text);
  for (std::string word; std::getline(in, word, ' ');) count++;
  return count;
}
