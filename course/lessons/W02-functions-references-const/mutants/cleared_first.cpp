// slip: sum is emptied before v is read
// why: When sum and v are the same vector, emptying sum empties v. Read everything that you need before you change sum.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::vector<double> before = sum;
  sum.clear();
  for (size_t i = 0; i < std::max(before.size(), v.size()); i++) {
    if (sum.data() == v.data() && i >= before.size()) break;
    const double left = i < before.size() ? before[i] : 0;
    sum.push_back(left + (&sum == &v ? 0 : i < v.size() ? v[i] : 0));
  }
}
