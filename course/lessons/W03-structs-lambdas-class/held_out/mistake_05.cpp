// slip: the mean is taken of the mean so far and the new value, each counting half
// shows: adding 4 and 7 gives 4.5 instead of 5.5
// named: mutants/half_from_zero.cpp
// named: mutants/half_and_half.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) {
    mean_ = (mean_ + x) / 2;
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
