// right
#include <cstddef>
#include <vector>

// What the perceptron says: +1, -1, or 0 when it cannot decide.
static int answer(const std::vector<double>& w, const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t i = w.size(); i-- > 0;) sum += x[i] * w[i];
  return (sum > 0) - (sum < 0);
}

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  if (answer(w, x) == y) return false;
  std::vector<double> moved = w;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (y > 0) moved[i] += x[i];
    else moved[i] -= x[i];
  }
  w.swap(moved);
  return true;
}
