// slip: the counts stand behind a row of zeros
// why: std::vector<int> result(classes, 0) has its entries already: count into them.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
  }
  result.insert(result.begin(), size_t(classes), 0);
  return result;
}
