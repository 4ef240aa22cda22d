// slip: of an even number of values the upper one of the two in the middle is returned
// shows: median({4, 1, 3, 2}) gives 3 instead of 2.5
// named: mutants/upper_middle.cpp
// W04: mended.
#if 1
#include <algorithm>
#include <string>
#include <vector>

// The value in the middle of the sorted list; of an even number of values the mean of the two in the middle; of an empty list 0.
double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  return v[v.size() / 2];
}

// "passed" where score is at least goal, else "failed".
std::string verdict(double score, double goal) {
  const bool passed = score >= goal;
  if (passed) return "passed";
  return "failed";
}

// How many words the text has: runs of characters other than the blank ' '. Blanks may stand at both ends, and several in a row.
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
// These take the place of the three until you switch them on. Leave them as they are.
#include <string>
#include <vector>

double median(std::vector<double>) { return -1; }
std::string verdict(double, double) { return ""; }
int words_in(const std::string&) { return -1; }
#endif
