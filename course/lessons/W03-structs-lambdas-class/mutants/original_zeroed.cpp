// slip: the original is overwritten with zeros
// why: The numbers go from *b.numbers into the clone, not the other way round.
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
  copy.numbers = std::make_shared<std::vector<double>>(b.numbers->size(), 0.0);
  *b.numbers = *copy.numbers;
  return copy;
}
