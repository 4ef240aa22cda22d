// slip: the clone holds zeros
// why: The new vector has the right length, but the numbers are missing. Make it from *b.numbers.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};
using solution_::counter;
using solution_::RunningMean;

Buffer clone(const Buffer& b) { return {std::make_shared<std::vector<double>>(b.numbers->size(), 0.0)}; }
