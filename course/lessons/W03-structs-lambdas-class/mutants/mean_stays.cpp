// slip: reset leaves the mean
// why: reset has to bring every member back to its first value, the mean as well: right after it mean() is 0.
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
    count_++;
    mean_ += (x - mean_) / count_;
  }
  double mean() const { return mean_; }
  int count() const { return count_; }
  void reset() { count_ = 0; }

 private:
  double mean_ = 0;
  int count_ = 0;
};
