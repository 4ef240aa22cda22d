// slip: the clone begins with a 0 more
// why: It has as many numbers as the original. A vector that was made with a size of 1 holds a 0 already.
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
  copy.numbers = std::make_shared<std::vector<double>>(1, 0.0);
  for (const double x : *b.numbers) copy.numbers->push_back(x);
  return copy;
}
