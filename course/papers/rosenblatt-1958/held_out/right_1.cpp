// right
#include <algorithm>
#include <numeric>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  const double sum = std::inner_product(w.begin(), w.end(), x.begin(), 0.0);
  if (y * sum > 0) return false;
  std::transform(w.begin(), w.end(), x.begin(), w.begin(), [y](double weight, double input) { return weight + y * input; });
  return true;
}
