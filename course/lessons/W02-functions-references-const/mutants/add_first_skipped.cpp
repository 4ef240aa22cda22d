// slip: the first entry of v is not added
// why: Index 0 is the first one. Look at where your loop begins.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t both = sum.size();
  for (size_t i = 1; i < v.size(); i++) {
    if (i < both) sum[i] += v[i];
    else sum.push_back(v[i]);
  }
}
