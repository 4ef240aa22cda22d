// slip: after a reset the last value is still there
// why: After reset() the object is as new: mean and count are 0, and the next value is the first one.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    last_ = x;
    sum_ += x;
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = last_;
    count_ = count_ > 0;
  }

 private:
  double sum_ = 0, last_ = 0;
  int count_ = 0;
};
