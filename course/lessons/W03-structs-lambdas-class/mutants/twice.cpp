// slip: the clone holds the numbers twice
// why: The vector that was made from *b.numbers has them already; push_back adds them once more.
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
  for (const double x : *b.numbers) copy.numbers->push_back(x);
  return copy;
}
