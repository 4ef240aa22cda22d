// slip: 0 divided by 0 before the first value, count 0 is not looked after
// shows: mean() of a new RunningMean is nan instead of 0
// named: mutants/empty_mean.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) {
    sum_ += x;
    count_++;
  }
  double mean() const { return sum_ / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};

std::function<int()> counter(int start) {
  int value = start - 1;
  return [value]() mutable {
    value = value + 1;
    return value;
  };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer c;
  c.numbers.reset(new std::vector<double>(b.numbers->begin(), b.numbers->end()));
  return c;
}
