// slip: the last value is not sorted
// why: v.end() stands behind the last value already: std::sort(v.begin(), v.end()) sorts all of them.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end() - 1);
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return (v[n / 2 - 1] + v[n / 2]) / 2;
}
