// slip: the newest value is left out of the mean
// why: mean() is over all values that were added, the last one, too. Is the mean computed before the value is added?
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    mean_ = count_ == 0 ? 0 : sum_ / count_;
    sum_ += x;
    count_++;
  }
  double mean() const { return mean_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    mean_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0, mean_ = 0;
  int count_ = 0;
};
