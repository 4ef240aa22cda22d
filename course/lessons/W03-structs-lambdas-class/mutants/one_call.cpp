// slip: every call but the first gives start + 1
// why: Each call has to leave the number larger by one, not only the first.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [start, first = true]() mutable {
    const int n = first ? start : start + 1;
    first = false;
    return n;
  };
}
