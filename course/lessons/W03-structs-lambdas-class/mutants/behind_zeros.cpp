// slip: the numbers stand behind as many zeros
// why: A vector that was made with a size holds that many zeros already, and push_back adds behind them. Begin with an empty vector, or write
//   into result[i].
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
  Buffer result{std::make_shared<std::vector<double>>(b.numbers->size(), 0.0)};
  for (const double x : *b.numbers) result.numbers->push_back(x);
  return result;
}
