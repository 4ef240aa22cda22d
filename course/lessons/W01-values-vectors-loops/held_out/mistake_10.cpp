// slip: counts goes up to classes itself, so the result has one entry too many
// shows: counts({2, 0, 2, 7}, 3) gives {1, 0, 2, 0} instead of {1, 0, 2}
// named: mutants/one_class_more.cpp
#include <algorithm>
#include <numeric>
#include <vector>

double mean(const std::vector<int>& v) { return v.empty() ? 0.0 : std::accumulate(v.begin(), v.end(), 0.0) / double(v.size()); }

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  const auto above = std::count_if(v.begin(), v.end(), [](int x) { return x > 0; });
  const auto below = std::count_if(v.begin(), v.end(), [](int x) { return x < 0; });
  return double(above - below) / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result;
  for (int k = 0; k <= classes; k++) result.push_back(int(std::count(v.begin(), v.end(), k)));
  return result;
}
