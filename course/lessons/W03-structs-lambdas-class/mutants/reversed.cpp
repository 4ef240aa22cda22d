// slip: the clone holds the numbers from the last to the first
// why: The order stays: entry i of the clone is entry i of the original.
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
  copy.numbers = std::make_shared<std::vector<double>>(b.numbers->rbegin(), b.numbers->rend());
  return copy;
}
