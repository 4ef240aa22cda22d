// slip: each new value counts half
// why: (mean + x) / 2 gives the last value half of the weight, the one before a quarter. All values weigh the same: keep their sum and
//   their count.
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
    sum_ = count_ == 0 ? x : (sum_ + x) / 2;
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};
