// slip: each new value counts half
// why: (mean + x) / 2 gives the last value half of the weight, and the first time the 0 of the beginning counts as a value, too. All values
//   weigh the same: keep their sum and their count.
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
    mean_ = (mean_ + x) / 2;
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
