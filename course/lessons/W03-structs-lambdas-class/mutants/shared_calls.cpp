// slip: all counters share the number of calls
// why: A static variable exists once for all counters. Capture a number in the lambda itself.
// state: kept from call to call
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  static int calls;
  calls = 0;
  return [start] { return start + calls++; };
}
