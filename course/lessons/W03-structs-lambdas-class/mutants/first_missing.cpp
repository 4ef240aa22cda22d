// slip: the first number is missing in the clone
// why: Indices begin at 0.
#include <functional>
#include <memory>
#include <vector>

using solution_::counter;
using solution_::RunningMean;

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer copy;
  copy.numbers = std::make_shared<std::vector<double>>(b.numbers->begin() + 1, b.numbers->end());
  return copy;
}
