// slip: a number outside throws
// why: Numbers outside of 0 ... classes - 1 are passed over: look at x before you use it as an index.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) { result.at(size_t(x))++; }
  return result;
}
