// slip: it is decided before the sum is complete
// why: Right or wrong is known only when all products are added: put the test behind the loop.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) { sum += w[i] * x[i]; }
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
