// slip: v is appended to sum
// why: Entry by entry: the first of v is added to the first of sum. Only what is left over goes to the end.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::vector<double> other = v;
  sum.insert(sum.end(), other.begin(), other.end());
}
