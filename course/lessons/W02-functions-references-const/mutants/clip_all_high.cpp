// slip: every entry becomes high
// why: The smaller and the larger are mixed up: an entry is brought up to low by std::max(low, x) and down to high by std::min(high, x).
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) x = std::max(high, std::min(low, x));
}
