// slip: the answer to a sum of zero is taken to be -1, so with the class -1 a sum of zero counts as right
// shows: w = {0, 0}, x = {1, 2}, y = -1 gives false and w stays {0, 0} instead of true and {-1, -2}
// named: mutants/zero_is_minus.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double total = 0;
  for (std::size_t i = 0; i < w.size(); ++i) total += w[i] * x[i];
  const int answer = total > 0 ? 1 : -1;
  if (answer == y) return false;
  for (std::size_t i = 0; i < w.size(); ++i) w[i] += y * x[i];
  return true;
}
