// slip: it goes up in steps of start
// why: Each call gives one more than the call before, whatever the start.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [n = start, start]() mutable {
    const int now = n;
    n += start;
    return now;
  };
}
