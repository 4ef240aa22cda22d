// slip: the sum starts from the whole number 0, so it is cut to a whole number at each step
// shows: w = (0.5, 0), x = (1, 2), y = 1: the sum is 0 instead of 0.5, so w becomes (1.5, 2) with true instead of staying with false
// named: mutants/whole_number_sum.cpp
#include <algorithm>
#include <numeric>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  const double sum = std::inner_product(w.begin(), w.end(), x.begin(), 0);
  if (y * sum > 0) return false;
  std::transform(w.begin(), w.end(), x.begin(), w.begin(), [y](double weight, double input) { return weight + y * input; });
  return true;
}
