// slip: equal values count once
// why: Each value of the list counts, as often as it is there.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

using solution_::verdict;
using solution_::words_in;

double median(std::vector<double> v) {
  if (v.empty()) return 0;
  const std::set<double> once(v.begin(), v.end());
  v.assign(once.begin(), once.end());
  const size_t n = v.size();
  if (n % 2 == 1) return v[n / 2];
  return (v[n / 2 - 1] + v[n / 2]) / 2;
}
