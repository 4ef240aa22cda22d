// slip: two values are averaged for every number of values
// why: An odd number of values has one in the middle, v[n / 2]; only an even number has two.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  return (v[n / 2 - (n > 1)] + v[n / 2]) / 2;
}
