// slip: counts passes over the 0, since it asks for numbers above 0
// shows: counts({2, 0, 2, 7}, 3) gives {0, 0, 2} instead of {1, 0, 2}
// named: mutants/class_zero_missing.cpp
#include <cstddef>
#include <vector>

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double s = 0;
  for (int x : v) s += x;
  return s / double(v.size());
}

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int plus = 0, minus = 0;
  for (int x : v) {
    if (x > 0) plus++;
    if (x < 0) minus++;
  }
  return double(plus - minus) / double(v.size());
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> c(size_t(classes), 0);
  for (int x : v)
    if (x > 0 && x < classes) c[size_t(x)]++;
  return c;
}
