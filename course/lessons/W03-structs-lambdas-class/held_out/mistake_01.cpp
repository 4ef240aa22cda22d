// slip: mean divides by the count without asking whether it is 0
// shows: a new RunningMean has the mean nan instead of 0
// named: mutants/empty_mean.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) {
    sum_ = sum_ + x;
    count_ = count_ + 1;
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
