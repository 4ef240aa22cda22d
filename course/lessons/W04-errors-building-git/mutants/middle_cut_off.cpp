// slip: the mean of the two middle values is a whole number
// why: A median of doubles may have something after the point: an int, or a cast to int, drops it.
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
  return int((v[n / 2 - 1] + v[n / 2]) / 2);
}
