// slip: classes that do not occur are left out
// why: Every class has an entry, also one with the count 0.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
  }
  std::vector<int> found;
  for (const int n : result)
    if (n > 0) found.push_back(n);
  return found;
}
