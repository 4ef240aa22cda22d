// slip: the sum and the count are both whole numbers, so the mean is divided as whole numbers
// shows: mean({1, 2}) gives 1 instead of 1.5
// named: mutants/whole_division.cpp
#include <cstddef>
#include <vector>

double mean(const std::vector<int>& v) {
  long sum = 0;
  long n = v.size();
  if (v.size() == 0) return 0;
  for (size_t i = 0; i < v.size(); i++) { sum = sum + v[i]; }
  return sum / n;
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
    if (v[i] >= 0 && v[i] < classes) { result[v[i]]++; }
  }
  return result;
}
