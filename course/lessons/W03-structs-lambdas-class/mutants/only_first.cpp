// slip: the clone holds the first number alone
// why: *b.numbers is the whole vector, b.numbers->front() or (*b.numbers)[0] one number.
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
  copy.numbers = std::make_shared<std::vector<double>>(1, b.numbers->front());
  return copy;
}
