// slip: the loop changes copies of the entries
// why: for (double x : v) makes a copy of each entry, and the copy is what you change. With double& x it is the entry itself.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double x : v) {
    if (x < low) x = low;
    if (x > high) x = high;
  }
}
