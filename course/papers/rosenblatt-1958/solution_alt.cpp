// The same by the predicted class instead of the sign of y times the sum.
#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  const double sum = std::inner_product(w.begin(), w.end(), x.begin(), 0.0);
  const int predicted = (sum > 0) - (sum < 0);  // 0 on the line itself
  if (predicted == y) return false;
  std::transform(w.begin(), w.end(), x.begin(), w.begin(), [y](double a, double b) { return y > 0 ? a + b : a - b; });
  return true;
}
