// slip: tilt divides two ints
// shows: tilt({5, -1, -2, 0}) gives 0 instead of -0.25
// named: mutants/tilt_whole.cpp
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
  int lean = 0;
  int n = int(v.size());
  for (size_t i = 0; i < v.size(); i++) {
    if (v[i] > 0) {
      lean++;
    } else if (v[i] < 0) {
      lean--;
    }
  }
  return lean / n;
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (size_t i = 0; i < v.size(); i++) {
    if (v[i] >= 0 && v[i] < classes) { result[v[i]]++; }
  }
  return result;
}
