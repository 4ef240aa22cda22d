// slip: it counts from 0 up to start
// why: The first call gives start, and each call one more, without an end.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [start, n = 0]() mutable { return n < start ? n++ : start; };
}
