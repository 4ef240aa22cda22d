// slip: the clone holds the last number everywhere
// why: Each entry gets its own number: (*b.numbers)[i].
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
  copy.numbers = std::make_shared<std::vector<double>>(b.numbers->size(), b.numbers->back());
  return copy;
}
