// right
#if 1
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  const auto middle = v.begin() + std::ptrdiff_t(v.size() / 2);
  std::nth_element(v.begin(), middle, v.end());
  if (v.size() % 2 == 1) return *middle;
  return (*std::max_element(v.begin(), middle) + *middle) / 2;
}

std::string verdict(double score, double goal) { return score >= goal ? "passed" : "failed"; }

// A word begins at a character that is no blank and has a blank, or nothing, before it.
int words_in(const std::string& text) {
  int count = 0;
  char before = ' ';
  for (char c : text) {
    if (before == ' ' && c != ' ') ++count;
    before = c;
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
