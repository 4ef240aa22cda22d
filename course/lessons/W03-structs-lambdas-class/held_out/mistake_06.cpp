// slip: the sum is kept in an int, so what comes after the point is lost
// shows: adding 0.5 gives the mean 0 instead of 0.5
// named: mutants/whole_sum.cpp
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
    return double(sum_) / count_;
  }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  int sum_ = 0;
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
  Buffer result;
  result.numbers = std::make_shared<std::vector<double>>();
  for (size_t i = 0; i < b.numbers->size(); i++) { result.numbers->push_back((*b.numbers)[i]); }
  return result;
}
