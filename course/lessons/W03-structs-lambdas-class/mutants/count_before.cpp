// slip: the new value moves the mean by the count of before
// why: With the new value there is one more: the count by which is divided contains it.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    if (count_ == 0) mean_ = x;
    else mean_ += (x - mean_) / count_;
    count_++;
  }
  double mean() const { return mean_; }
  int count() const { return count_; }
  void reset() {
    mean_ = 0;
    count_ = 0;
  }

 private:
  double mean_ = 0;
  int count_ = 0;
};
