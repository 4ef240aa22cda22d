// slip: the result is that the sum is positive
// why: Asked is whether the weights were changed: true after a mistake, whatever the class.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  const bool wrong = y * sum <= 0;
  for (size_t i = 0; i < w.size() && wrong; i++) w[i] += y * x[i];
  return sum > 0;
}
