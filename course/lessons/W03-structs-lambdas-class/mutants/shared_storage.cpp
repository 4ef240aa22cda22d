// slip: the clone shares the storage
// why: Copying the handle copies the pointer, and both lead to the same vector. Make a new vector from *b.numbers.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};
using solution_::counter;
using solution_::RunningMean;

Buffer clone(const Buffer& b) { return b; }
