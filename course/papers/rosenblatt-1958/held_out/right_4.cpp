// right
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0.0;
  for (std::size_t i = 0; i < w.size(); ++i) sum += w[i] * x[i];

  const bool right = (y > 0 && sum > 0.0) || (y < 0 && sum < 0.0);
  if (right) return false;

  for (std::size_t i = 0; i < w.size(); ++i) {
    if (y > 0) w[i] += x[i];
    else w[i] -= x[i];
  }
  return true;
}
