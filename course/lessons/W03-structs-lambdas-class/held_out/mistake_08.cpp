// slip: the new mean is computed with the count of before, which grows one line too late
// shows: adding 4 and 7 gives 7 instead of 5.5
// named: mutants/count_before.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) {
    if (count_ == 0) mean_ = x;
    else mean_ += (x - mean_) / count_;
    count_++;
  }
  double mean() const { return mean_; }
  int count() const { return count_; }
  void reset() { *this = RunningMean(); }

 private:
  double mean_ = 0;
  int count_ = 0;
};

std::function<int()> counter(int start) {
  return [n = start]() mutable { return n++; };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) { return {std::make_shared<std::vector<double>>(*b.numbers)}; }
