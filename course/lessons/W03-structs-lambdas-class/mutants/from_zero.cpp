// slip: counting begins at 0
// why: The first call gives start.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  (void)start;
  return [n = 0]() mutable { return n++; };
}
