// slip: values of 0 and below are not counted
// why: Every value counts, whatever its sign.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    if (x <= 0) return;
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
