// right
// W04: mended.
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

int words_in(const std::string& text) {
  int count = 0;
  for (size_t i = text.find_first_not_of(' '); i != std::string::npos; i = text.find_first_not_of(' ', text.find(' ', i))) count++;
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
