// slip: the entries are multiplied
// why: Each entry of v is added: sum[i] += v[i].
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t both = sum.size();
  for (size_t i = 0; i < v.size(); i++) {
    if (i < both) sum[i] *= v[i];
    else sum.push_back(v[i]);
  }
}
