// slip: the count grows too late
// why: The new value belongs to the count by which is divided: count_++ comes first. For the first value yours divides by 0.
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
    mean_ += (x - mean_) / count_;
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
