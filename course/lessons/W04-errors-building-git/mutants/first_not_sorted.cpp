// slip: the first value is not sorted
// why: v.begin() is the first value: std::sort(v.begin(), v.end()) sorts all of them.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin() + 1, v.end());
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return (v[n / 2 - 1] + v[n / 2]) / 2;
}
