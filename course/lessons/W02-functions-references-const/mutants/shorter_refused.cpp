// slip: a v that is shorter is refused
// why: Where v is shorter, the rest of sum stays as it is.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  if (v.size() < sum.size()) throw std::invalid_argument("lengths");
  const size_t both = sum.size();
  for (size_t i = 0; i < v.size(); i++) {
    if (i < both) sum[i] += v[i];
    else sum.push_back(v[i]);
  }
}
