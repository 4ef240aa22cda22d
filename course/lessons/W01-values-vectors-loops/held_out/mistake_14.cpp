// slip: x > 0 in place of x >= 0, zeros are never counted
// shows: counts({2, 0, 2, 7}, 3) gives {0, 0, 2} instead of {1, 0, 2}
// named: mutants/class_zero_missing.cpp
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

double mean(const std::vector<int>& v) {
  const int n = int(v.size());
  if (n == 0) return 0;
  const int sum = std::accumulate(v.begin(), v.end(), 0);
  return double(sum) / n;
}

double tilt(const std::vector<int>& v) {
  if (v.size() == 0) return 0.0;
  const auto above = std::count_if(v.begin(), v.end(), [](int x) { return x > 0; });
  const auto below = std::count_if(v.begin(), v.end(), [](int x) { return x < 0; });
  return double(above - below) / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> how_often(size_t(classes), 0);
  for (const int x : v)
    if (x > 0 && x < classes) how_often[size_t(x)]++;
  return how_often;
}
