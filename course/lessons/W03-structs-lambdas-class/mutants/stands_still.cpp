// slip: the number does not change
// why: Each call has to leave the number larger by one. A lambda may change what it captured by value only when it is mutable.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [n = start]() { return n; };
}
