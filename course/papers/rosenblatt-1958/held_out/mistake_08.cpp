// slip: adds (y - answer) x, which is 2 y x when the answer was the other class
// shows: w = (1, 1), x = (1, 2), y = -1 becomes (-1, -3) instead of (0, -1)
// named: mutants/error_step.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  int said = 0;
  if (sum > 0) said = 1;
  if (sum < 0) said = -1;
  if (said == y) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += (y - said) * x[i];
  return true;
}
