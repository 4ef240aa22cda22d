// slip: the empty vector is forgotten in mean, 0 is divided by 0
// shows: mean({}) gives nan instead of 0
// named: mutants/empty_mean.cpp
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

double mean(const std::vector<int>& v) {
  double sum = 0;
  for (const int x : v) sum += x;
  return sum / double(v.size());
}

double tilt(const std::vector<int>& v) {
  double balance = 0;
  for (const int x : v) balance += x > 0 ? 1 : x < 0 ? -1 : 0;
  if (!v.empty()) balance /= double(v.size());
  return balance;
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> how_often(size_t(classes), 0);
  for (const int x : v)
    if (x >= 0 && x < classes) how_often[size_t(x)]++;
  return how_often;
}
