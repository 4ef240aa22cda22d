// slip: it counts down, from start - 1
// why: Each call gives one more than the call before, and the first one start.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [n = start]() mutable { return --n; };
}
