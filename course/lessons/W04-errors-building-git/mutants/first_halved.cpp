// slip: only the first of the two middle values is halved
// why: A division holds for what stands right before it. The sum needs parentheses: (a + b) / 2.
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
  return v[n / 2 - 1] / 2 + v[n / 2];
}
