// slip: low and high are swapped
// why: Below low becomes low. Yours sends small entries to high and large ones to low.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) {
    if (x < low) x = high;
    else if (x > high) x = low;
  }
}
