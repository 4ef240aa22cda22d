// slip: it goes up by two
// why: Each call gives one more than the call before, and the first one start: is the number raised at two places?
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [n = start]() mutable {
    n++;
    return n++;
  };
}
