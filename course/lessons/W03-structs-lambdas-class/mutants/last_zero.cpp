// slip: the last number of the clone is 0
// why: The last index is size() - 1, and i < size() lets i go up to it.
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
  copy.numbers = std::make_shared<std::vector<double>>(*b.numbers);
  copy.numbers->back() = 0;
  return copy;
}
