// slip: the clone holds the size as its number
// why: Parentheses make a vector from *b.numbers: make_shared<std::vector<double>>(*b.numbers).
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
  copy.numbers = std::make_shared<std::vector<double>>(1, double(b.numbers->size()));
  return copy;
}
