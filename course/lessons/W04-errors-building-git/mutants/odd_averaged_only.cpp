// slip: an odd number of values: the middle value is halved
// why: The one in the middle is the median as it is. Only two values are averaged.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2] / 2;
  return (v[n / 2 - 1] + v[n / 2]) / 2;
}
