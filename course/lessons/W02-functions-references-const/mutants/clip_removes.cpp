// slip: entries outside are taken out
// why: Each entry stays in its place; only its value is brought to the nearer end. The vector keeps its length.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  std::vector<double> kept;
  for (const double x : v)
    if (x >= low && x <= high) kept.push_back(x);
  v = kept;
}
