// slip: the weights change on right answers, too
// why: The rule corrects errors: where the sign of the sum already agrees with y, w must stay as it is.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return y * sum <= 0;
}
