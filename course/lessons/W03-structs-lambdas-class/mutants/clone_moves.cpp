// slip: the numbers are taken away from the original
// why: std::move lets the new vector take over what the old one holds, and the old one is empty afterwards. A clone leaves the original as it
//   is: make it from *b.numbers without a move.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::counter;
using solution_::RunningMean;

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};
Buffer clone(const Buffer& b) { return {std::make_shared<std::vector<double>>(std::move(*b.numbers))}; }
