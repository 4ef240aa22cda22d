// slip: an empty vector gives an empty result
// why: The result has `classes` entries whatever v holds; when v is empty, all of them are 0.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  if (v.empty()) return {};
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
  }
  return result;
}
