// slip: the first entry that is left is dropped
// why: Where sum has ended, v goes on with the index sum.size(): that entry is appended, too.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t both = sum.size();
  for (size_t i = 0; i < v.size(); i++) {
    if (i < both) sum[i] += v[i];
    else if (i > both) sum.push_back(v[i]);
  }
}
