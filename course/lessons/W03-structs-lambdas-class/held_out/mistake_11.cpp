// slip: only the handle is copied, both lead to the same numbers
// shows: c = clone(b), (*c.numbers)[0] = 9: (*b.numbers)[0] shows 9 as well
// named: mutants/shared_storage.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) {
    sum_ += x;
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
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
  return [start]() mutable { return start++; };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer copy = b;
  return copy;
}
