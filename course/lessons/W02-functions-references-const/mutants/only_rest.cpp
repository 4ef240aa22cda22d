// slip: only what is longer is appended
// why: Where both have an entry, that of v is added to that of sum.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t both = sum.size();
  for (size_t i = 0; i < v.size(); i++) {
    if (i >= both) sum.push_back(v[i]);
  }
}
