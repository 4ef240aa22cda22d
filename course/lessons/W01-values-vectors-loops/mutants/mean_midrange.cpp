// slip: half way between the smallest and the largest
// why: The mean is the sum of all numbers divided by how many there are.
#include <algorithm>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  const auto [low, high] = std::minmax_element(v.begin(), v.end());
  sum = double(*low + *high);
  return sum / 2;
}
