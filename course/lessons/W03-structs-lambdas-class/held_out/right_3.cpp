// right
#include <functional>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

// Keeps all values and sums them up when it is asked.
class RunningMean {
 public:
  void add(double x) { values_.push_back(x); }
  double mean() const { return values_.empty() ? 0.0 : std::accumulate(values_.begin(), values_.end(), 0.0) / static_cast<double>(values_.size()); }
  int count() const { return static_cast<int>(values_.size()); }
  void reset() { values_.clear(); }

 private:
  std::vector<double> values_;
};

namespace {
struct Ticker {
  int next;
  int operator()() { return std::exchange(next, next + 1); }
};
}  // namespace

std::function<int()> counter(int start) { return Ticker{start}; }

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer own = b;
  own.numbers.reset(new std::vector<double>(b.numbers->begin(), b.numbers->end()));
  return own;
}
