// slip: whatever is not above 0 counts as below, zeros too
// shows: tilt({5, -1, -2, 0}) gives -0.5 instead of -0.25
// named: mutants/zero_is_below.cpp
#include <algorithm>
#include <cstddef>
#include <numeric>
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
    else below++;
  }
  return (above - below) / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result;
  for (int k = 0; k < classes; ++k) {
    int n = 0;
    for (std::size_t i = 0; i < v.size(); ++i)
      if (v[i] == k) ++n;
    result.push_back(n);
  }
  return result;
}
