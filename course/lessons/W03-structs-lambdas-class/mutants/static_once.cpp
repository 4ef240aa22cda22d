// slip: the number is set only once
// why: A static variable is given its first value once, by the first call; all later counters go on from where the last one stopped. Capture a
//   number in the lambda itself: [n = start]() mutable.
// state: kept from call to call
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  static int n = start;
  return [] { return n++; };
}
