// slip: the sum is a float
// why: A float has seven digits. The values are doubles: so is their sum.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    sum_ += float(x);
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  float sum_ = 0;
  int count_ = 0;
};
