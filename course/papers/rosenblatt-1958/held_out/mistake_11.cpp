// slip: < 0 in place of <= 0, a sum of exactly zero does not count as a mistake
// shows: w = {0, 0}, x = {1, 2}, y = 1 gives false and w stays {0, 0} instead of true and {1, 2}
// named: mutants/zero_is_right.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < x.size(); i++) sum += w[i] * x[i];
  if (y * sum < 0) {
    for (size_t i = 0; i < x.size(); i++) w[i] += y * x[i];
    return true;
  }
  return false;
}
