// slip: the clone holds the indices
// why: Entry i gets the number (*b.numbers)[i], not i.
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
  copy.numbers = std::make_shared<std::vector<double>>(b.numbers->size());
  for (size_t i = 0; i < b.numbers->size(); i++) (*copy.numbers)[i] = double(i);
  return copy;
}
