// slip: the copy is returned without a change
// why: A new vector begins as a copy of v; then it is the new one that has to be clipped.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  std::vector<double> other = result;
  clip(other, low, high);
  return result;
}
