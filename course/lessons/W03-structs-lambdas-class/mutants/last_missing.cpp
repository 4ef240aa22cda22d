// slip: the last number is missing in the clone
// why: The last index is size() - 1, and i < size() lets i go up to it. With i < size() - 1 the loop ends one early.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::counter;
using solution_::RunningMean;

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};
Buffer clone(const Buffer& b) {
  Buffer result{std::make_shared<std::vector<double>>()};
  for (size_t i = 0; i + 1 < b.numbers->size(); i++) result.numbers->push_back((*b.numbers)[i]);
  return result;
}
