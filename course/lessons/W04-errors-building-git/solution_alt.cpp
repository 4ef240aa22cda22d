// W04 by another way: only the two middle values are sought, and words are counted where they begin.
#include <algorithm>
#include <string>
#include <vector>

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  const auto middle = v.begin() + std::ptrdiff_t(v.size() / 2);
  std::nth_element(v.begin(), middle, v.end());
  const double upper = *middle;
  return v.size() % 2 == 1 ? upper : 0.5 * (upper + *std::max_element(v.begin(), middle));
}

std::string verdict(double score, double goal) { return score < goal ? "failed" : "passed"; }

int words_in(const std::string& text) {
  int count = 0;
  char before = ' ';
  for (const char c : text) {
    count += before == ' ' && c != ' ';
    before = c;
  }
  return count;
}
