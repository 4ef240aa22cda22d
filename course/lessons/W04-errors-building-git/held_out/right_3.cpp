// right
// W04: mended.
#if 1
#include <set>
#include <string>
#include <vector>

// A multiset keeps its values sorted; one walks in from the left, one from the right, until they meet.
double median(std::vector<double> v) {
  if (v.empty()) return 0;
  const std::multiset<double> sorted(v.begin(), v.end());
  auto left = sorted.begin();
  auto right = sorted.rbegin();
  for (size_t step = 0; step < (sorted.size() - 1) / 2; step++) {
    ++left;
    ++right;
  }
  return 0.5 * *left + 0.5 * *right;
}

std::string verdict(double score, double goal) {
  if (score < goal) {
    return "failed";
  } else {
    return "passed";
  }
}

// A word begins where a character other than the blank has a blank, or nothing, before it.
int words_in(const std::string& text) {
  int begins = 0;
  char before = ' ';
  for (const char c : text) {
    begins += c != ' ' && before == ' ';
    before = c;
  }
  return begins;
}

#else
// These take the place of the three until you switch them on. Leave them as they are.
#include <string>
#include <vector>

double median(std::vector<double>) { return -1; }
std::string verdict(double, double) { return ""; }
int words_in(const std::string&) { return -1; }
#endif
