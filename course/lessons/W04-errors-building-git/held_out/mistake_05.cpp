// slip: the words are read with >>, which also ends them at tabs and at ends of lines
// shows: words_in("a\tb") gives 2 instead of 1
// named: mutants/tabs_part.cpp
// W04: mended.
#if 1
#include <algorithm>
#include <cstddef>
#include <sstream>
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

int words_in(const std::string& text) {
  std::istringstream in(text);
  int count = 0;
  for (std::string word; in >> word;) count++;
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
