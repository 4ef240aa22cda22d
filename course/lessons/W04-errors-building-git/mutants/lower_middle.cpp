// slip: of an even number the lower middle value is taken
// why: With an even number of values two stand in the middle; the median is their mean.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  return v[(n - 1) / 2];
}
