// slip: every call gives start + 1
// why: Each call has to leave the number larger by one: n + 1 gives another number and leaves n as it is.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [n = start]() mutable { return n + 1; };
}
