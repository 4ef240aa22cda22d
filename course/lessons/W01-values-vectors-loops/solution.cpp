// W01: sums are kept as double, so nothing is cut off and nothing wraps around.
#include <vector>

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x;
  return sum / double(v.size());
}

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
  }
  return result;
}
