// slip: the last entry is left as it is
// why: The last index is size() - 1, and i < size() lets i go up to it. With i < size() - 1 the loop ends one early.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (size_t i = 0; i + 1 < v.size(); i++) v[i] = std::min(high, std::max(low, v[i]));
}
