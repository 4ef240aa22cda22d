// slip: the sum and the number of entries are both whole numbers, so the division drops what comes after the point
// shows: mean({1, 2}) gives 1 instead of 1.5
// named: mutants/whole_division.cpp
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

double mean(const std::vector<int>& v) {
  const int n = int(v.size());
  if (n == 0) return 0;
  const int sum = std::accumulate(v.begin(), v.end(), 0);
  const double result = sum / n;
  return result;
}

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return (above - below) / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> how_often(size_t(classes), 0);
  for (const int x : v)
    if (x >= 0 && x < classes) how_often[size_t(x)]++;
  return how_often;
}
