// slip: a copy of sum is changed
// why: sum comes as a reference so that the caller sees the change. Work on sum itself, or assign the copy to it at the end.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  std::vector<double> result = sum;
  solution_::add_to(result, v);
}
