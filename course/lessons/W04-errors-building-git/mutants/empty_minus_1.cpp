// slip: of an empty list comes -1
// why: The comment asks for 0 there.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return -1;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return (v[n / 2 - 1] + v[n / 2]) / 2;
}
