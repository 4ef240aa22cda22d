// slip: odd and even are confused
// why: n % 2 is what is left over when n is divided by two: 1 for odd numbers. An odd number of values has one in the middle.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const size_t n = v.size();
  if (n % 2 == 0) return v[n / 2];
  return (v[n == 1 ? 0 : n / 2 - 1] + v[n / 2]) / 2;
}
