// slip: the first call gives start - 1
// why: The first call gives start itself; only then the number grows.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [n = start - 1]() mutable { return n++; };
}
