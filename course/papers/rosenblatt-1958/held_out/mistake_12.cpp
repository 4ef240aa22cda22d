// slip: the correction starts at index 1, so the weight of the bias never changes
// shows: w = {0, 0}, x = {1, 2}, y = -1 makes w {0, -2} instead of {-1, -2}
// named: mutants/no_bias.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double z = w[0];  // the bias
  for (std::size_t i = 1; i < w.size(); i++) z += w[i] * x[i];
  if (y * z > 0) return false;
  for (std::size_t i = 1; i < w.size(); i++) w[i] = w[i] + y * x[i];
  return true;
}
