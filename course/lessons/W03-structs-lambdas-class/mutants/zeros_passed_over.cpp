// slip: a value of 0 is not counted
// why: 0 is a value like the others: it leaves the sum as it is, and the count grows by one.
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    if (x == 0) return;
    count_++;
    mean_ += (x - mean_) / count_;
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
