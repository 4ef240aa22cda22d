// slip: the numbers of the clone are cut to whole numbers
// why: A vector of int drops what comes after the point. The numbers are doubles.
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
  for (double& x : *copy.numbers) x = int(x);
  return copy;
}
