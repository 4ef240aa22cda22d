// slip: everything that is not above 0 is counted as below, zeros too
// shows: tilt({5, -1, -2, 0}) gives -0.5 instead of -0.25
// named: mutants/zero_is_below.cpp
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
    } else {
      lean -= 1;
    }
  }
  return lean / v.size();
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (size_t i = 0; i < v.size(); i++) {
    if (v[i] >= 0 && v[i] < classes) { result[v[i]]++; }
  }
  return result;
}
