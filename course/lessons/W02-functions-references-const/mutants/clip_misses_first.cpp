// slip: the first entry is left as it is
// why: Index 0 is the first one. Look at where your loop begins.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (size_t i = 1; i < v.size(); i++) v[i] = std::min(high, std::max(low, v[i]));
}
