// slip: of an even number of values the mean of all is returned
// why: Only the two in the middle count.
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
  double sum = 0;
  for (const double x : v) sum += x;
  return sum / double(n);
}
