// slip: counting begins at 1
// why: The first call gives start.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int) {
  return [n = 1]() mutable { return n++; };
}
