// slip: the first number is left out
// why: The first index is 0, not 1.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (size_t i = 1; i < v.size(); i++) sum += v[i];
  return sum / double(v.size());
}
