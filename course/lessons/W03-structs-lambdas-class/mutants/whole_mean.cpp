// slip: the mean is cut to a whole number
// why: Two ints give a whole number when they are divided, and so does an int to which a mean is given. Keep sum and mean as double, and
//   return a double.
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
  double mean() const { return count_ == 0 ? 0 : double(int(sum_) / count_); }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};
