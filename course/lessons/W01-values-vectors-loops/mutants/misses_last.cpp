// slip: the last number is left out
// why: The last index is size() - 1, and i < size() lets i go up to it. With i < size() - 1 the loop ends one early.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (size_t i = 0; i < v.size() - 1; i++) sum += v[i];
  return sum / double(v.size());
}
