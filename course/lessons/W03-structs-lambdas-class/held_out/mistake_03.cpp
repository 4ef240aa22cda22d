// slip: clone copies the handle, so both lead to the same numbers
// shows: y = clone(x), then (*x.numbers)[0] = 9: y shows 9, too, instead of what it had
// named: mutants/shared_storage.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) {
    sum_ = sum_ + x;
    count_ = count_ + 1;
  }
  double mean() const {
    if (count_ == 0) { return 0; }
    return sum_ / count_;
  }
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
  int next = start;
  return [next]() mutable {
    int now = next;
    next = next + 1;
    return now;
  };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer result = b;
  return result;
}
