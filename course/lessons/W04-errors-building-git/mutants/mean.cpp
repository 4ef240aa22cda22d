// slip: the mean is returned
// why: The median is the value in the middle of the sorted list; one large value does not move it.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  double sum = 0;
  for (const double x : v) sum += x;
  return sum / double(n);
}
