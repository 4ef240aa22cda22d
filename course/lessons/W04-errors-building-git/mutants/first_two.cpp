// slip: of an even number of values the first two are averaged
// why: The two in the middle are v[n / 2 - 1] and v[n / 2].
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return (v[0] + v[1]) / 2;
}
