// slip: a sum of 0 is taken as the answer +1, so an example of class +1 with the sum 0 is not learned
// shows: w = (0, 0), x = (1, 2), y = 1 stays (0, 0) and gives false; right is (1, 2) and true
// named: mutants/zero_is_plus.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); ++i) sum += w[i] * x[i];
  int predicted = sum >= 0 ? 1 : -1;
  if (predicted == y) return false;
  for (size_t i = 0; i < w.size(); ++i) w[i] += y * x[i];
  return true;
}
