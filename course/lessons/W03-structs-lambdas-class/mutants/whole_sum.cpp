// slip: the sum is a whole number
// why: An int member drops what comes after the point at every add. Keep the sum as double.
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
    sum_ = int(sum_ + x);
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : double(sum_) / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  int sum_ = 0;
  int count_ = 0;
};
