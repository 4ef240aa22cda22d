// slip: the mean of nothing is not 0
// why: Before the first value, and right after reset(), the mean is 0.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    sum_ += x;
    count_++;
  }
  double mean() const { return count_ == 0 ? -1 : sum_ / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};
