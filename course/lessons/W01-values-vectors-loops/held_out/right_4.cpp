// right
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
  double balance = 0;
  for (const int x : v) balance += x > 0 ? 1 : x < 0 ? -1 : 0;
  if (!v.empty()) balance /= double(v.size());
  return balance;
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(static_cast<std::size_t>(classes));
  for (int k = 0; k < classes; k++) result[static_cast<std::size_t>(k)] = static_cast<int>(std::count(v.begin(), v.end(), k));
  return result;
}
