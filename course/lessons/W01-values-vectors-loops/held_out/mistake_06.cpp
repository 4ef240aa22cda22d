// slip: tilt counts in size_t, and the difference of the two counts goes below zero
// shows: tilt({5, -1, -2, 0}) gives 4.6e18 instead of -0.25
// named: mutants/tilt_unsigned.cpp
#include <algorithm>
#include <numeric>
#include <vector>

double mean(const std::vector<int>& v) { return v.empty() ? 0.0 : std::accumulate(v.begin(), v.end(), 0.0) / double(v.size()); }

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  size_t above = 0, below = 0;
  for (const int x : v) {
    above += x > 0;
    below += x < 0;
  }
  return double(above - below) / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result;
  for (int k = 0; k < classes; k++) result.push_back(int(std::count(v.begin(), v.end(), k)));
  return result;
}
