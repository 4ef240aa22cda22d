// slip: reset leaves the sum
// why: reset has to bring every member back to its first value, the sum as well.
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
    sum_ += x;
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  int count() const { return count_; }
  void reset() { count_ = 0; }

 private:
  double sum_ = 0;
  int count_ = 0;
};
