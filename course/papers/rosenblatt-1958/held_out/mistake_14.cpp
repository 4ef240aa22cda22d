// slip: adds (y - answer) x in place of y x, which is twice as much when the sum has the wrong sign
// shows: w = {1, 1}, x = {1, 2}, y = -1 makes w {-1, -3} instead of {0, -1}
// named: mutants/error_step.cpp
// named: mutants/double_step.cpp
#include <cstddef>
#include <vector>

namespace {
int sign(double v) {
  if (v > 0) return 1;
  if (v < 0) return -1;
  return 0;
}
}  // namespace

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double s = 0;
  for (std::size_t i = 0; i < w.size(); i++) s += w[i] * x[i];
  const int error = y - sign(s);
  if (error == 0) return false;
  for (std::size_t i = 0; i < w.size(); i++) w[i] += error * x[i];
  return true;
}
