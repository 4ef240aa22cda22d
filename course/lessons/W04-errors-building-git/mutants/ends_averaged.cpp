// slip: the mean of the smallest and the largest is returned
// why: The median is the value in the middle of the sorted list. The mean of its two ends depends on those alone.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  return (v[0] + v[n - 1]) / 2;
}
