// slip: all counters share one number, and it grows before it is given
// why: A static variable exists once: the second counter sets it anew for the first one, too. Capture a number in the lambda itself, and
//   give it before it grows.
// state: kept from call to call
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  static int n;
  n = start;
  return [] { return ++n; };
}
