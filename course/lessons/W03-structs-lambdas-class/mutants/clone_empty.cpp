// slip: the clone holds no numbers
// why: make_shared without arguments makes an empty vector. Make it from *b.numbers.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::counter;
using solution_::RunningMean;

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};
Buffer clone(const Buffer&) { return {std::make_shared<std::vector<double>>()}; }
