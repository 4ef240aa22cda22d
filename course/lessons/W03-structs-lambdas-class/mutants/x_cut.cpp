// slip: each value is cut to a whole number
// why: An int drops what comes after the point: add(double x) gets a double, and the sum is one.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    sum_ += int(x);
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
