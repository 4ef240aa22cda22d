// W01 by another way: the algorithms of the standard library; the mean as a running one, without a sum.
#include <algorithm>
#include <cstddef>
#include <vector>

double mean(const std::vector<int>& v) {
  double m = 0;
  for (size_t i = 0; i < v.size(); i++) m += (v[i] - m) / double(i + 1);
  return m;
}

double tilt(const std::vector<int>& v) {
  double t = 0;
  for (const int x : v) t += (x > 0) - (x < 0);
  return v.empty() ? 0 : t / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result;
  for (int k = 0; k < classes; k++) result.push_back(int(std::count(v.begin(), v.end(), k)));
  return result;
}
