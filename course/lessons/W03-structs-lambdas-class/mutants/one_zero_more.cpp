// slip: the clone has a 0 more
// why: It has as many numbers as the original. Is the vector made with one more, or is something pushed behind the copy?
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
  copy.numbers->push_back(0);
  return copy;
}
