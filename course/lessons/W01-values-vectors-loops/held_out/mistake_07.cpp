// slip: counts ends at the first number that is outside, instead of passing over it
// shows: counts({7, 0, 0}, 3) gives {0, 0, 0} instead of {2, 0, 0}
// named: mutants/stops_outside.cpp
#include <cstddef>
#include <vector>

double mean(const std::vector<int>& v) {
  double sum = 0;
  if (v.size() == 0) return 0;
  for (size_t i = 0; i < v.size(); i++) { sum = sum + v[i]; }
  return sum / v.size();
}

double tilt(const std::vector<int>& v) {
  if (v.size() == 0) return 0;
  double lean = 0;
  for (size_t i = 0; i < v.size(); i++) {
    if (v[i] > 0) {
      lean += 1;
    } else if (v[i] < 0) {
      lean -= 1;
    }
  }
  return lean / v.size();
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (size_t i = 0; i < v.size(); i++) {
    if (v[i] < 0 || v[i] >= classes) break;
    result[v[i]]++;
  }
  return result;
}
