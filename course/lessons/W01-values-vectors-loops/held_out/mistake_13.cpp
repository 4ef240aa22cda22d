// slip: the difference is divided by v.size(), unsigned and whole: a negative difference wraps around, the rest is cut
// shows: tilt({5, -1, -2, 0}) gives 4.6e18 instead of -0.25
// named: mutants/tilt_by_size.cpp
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

double mean(const std::vector<int>& v) {
  double sum = 0, n = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    sum += v[i];
    n += 1;
  }
  return n > 0 ? sum / n : 0.0;
}

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return (above - below) / v.size();
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(static_cast<std::size_t>(classes));
  for (int k = 0; k < classes; k++) result[static_cast<std::size_t>(k)] = static_cast<int>(std::count(v.begin(), v.end(), k));
  return result;
}
