// slip: both comparisons are turned round
// why: What is below low becomes low, what is above high becomes high: x < low, and x > high.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) {
    if (x > low) x = low;
    else if (x < high) x = high;
  }
}
