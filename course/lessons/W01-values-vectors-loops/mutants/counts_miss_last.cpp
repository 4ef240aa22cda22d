// slip: the last number is not counted
// why: The last index is size() - 1, and i < size() lets i go up to it. With i < size() - 1 the loop ends one early.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (size_t i = 0; i + 1 < v.size(); i++) {
    if (v[i] >= 0 && v[i] < classes) result[v[i]]++;
  }
  return result;
}
