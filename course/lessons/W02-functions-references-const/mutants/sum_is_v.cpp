// slip: sum becomes v
// why: Each entry of v is added to that of sum; what sum held before counts.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::vector<double> other = v;
  sum = other;
}
