// slip: the mean so far is not divided by the new count
// why: With the new value it weighs less than before: it is (mean * (count - 1) + x) / count. mean + x / count, and (mean * count + x) /
//   count, leave it as it was. Or keep the sum of all values, and divide in mean().
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
    mean_ += x / count_;
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
