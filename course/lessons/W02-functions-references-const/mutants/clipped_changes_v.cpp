// slip: v is changed, too
// why: v comes as a const reference: a promise to the caller that it stays as it is. A const_cast breaks the promise. Make a copy and
//   change that.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  clip(const_cast<std::vector<double>&>(v), low, high);
  return v;
}
