// slip: the parentheses around the sum are missing, so only the second of the two is halved
// shows: median({1, 3}): 2.5 instead of 2
// named: mutants/division_first.cpp
#if 1
#include <algorithm>
#include <string>
#include <vector>

// The value in the middle of the sorted list; of an even number of values the mean of the two in the middle; of an empty list 0.
double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return v[n / 2 - 1] + v[n / 2] / 2;
}

// "passed" where score is at least goal, else "failed".
std::string verdict(double score, double goal) {
  const bool passed = score >= goal;
  if (passed) return "passed";
  return "failed";
}

// How many words the text has. A word is a run of characters other than the blank ' ' (a tab or the end of a line is
// such a character). Blanks may stand at both ends, and several in a row.
int words_in(const std::string& text) {
  int count = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == ' ') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}

#else
// These take the place of the three until you switch them on. Leave them, the #else and the #endif as they are.
#include <string>
#include <vector>

double median(std::vector<double>) { return -1; }
std::string verdict(double, double) { return ""; }
int words_in(const std::string&) { return -1; }
#endif
