// slip: the number doubles
// why: Each call gives one more than the call before.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::RunningMean;

std::function<int()> counter(int start) {
  return [n = start]() mutable {
    n *= 2;
    return n / 2;
  };
}
