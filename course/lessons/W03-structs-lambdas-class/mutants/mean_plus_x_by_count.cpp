// slip: the mean so far counts as a single value
// why: (mean + x) / count divides the old mean, too, as if it were one value. Keep the sum of all values, or move the mean by (x - mean)
//   / count.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    count_++;
    mean_ = (mean_ + x) / count_;
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
