// slip: the second call gives start once more
// why: The number grows with the first call already.
#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [start, n = -1]() mutable { return start + std::max(n++, 0); };
}
