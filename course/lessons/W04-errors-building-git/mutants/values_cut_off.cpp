// slip: the values are cut to whole numbers
// why: A variable or a list of type int drops what comes after the point. The values are doubles.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  for (double& x : v) x = int(x);
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return (v[n / 2 - 1] + v[n / 2]) / 2;
}
