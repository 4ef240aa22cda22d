// slip: an odd number of values is not sorted
// why: Sort before you ask whether the number is odd.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  std::sort(v.begin(), v.end());
  return (v[n / 2 - 1] + v[n / 2]) / 2;
}
