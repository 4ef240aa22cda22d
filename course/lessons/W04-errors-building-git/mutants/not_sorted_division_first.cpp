// slip: the list is not sorted, and only one of the two middle values is halved
// why: std::sort stands in the header <algorithm>: include it, do not take the line out. And the sum needs parentheses: (a + b) / 2.
#include <algorithm>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return v[n / 2 - 1] + v[n / 2] / 2;
}
