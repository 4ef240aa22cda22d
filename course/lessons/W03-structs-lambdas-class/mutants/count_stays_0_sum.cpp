// slip: the count does not grow, and the sum is returned
// why: add() has to count: count_++; and the mean is the sum divided by it.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) { sum_ += x; }
  double mean() const { return sum_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};
