// slip: the newest value is missing in the sum
// why: All values that were added count, the last one, too.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    sum_ += last_;
    last_ = x;
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    last_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0, last_ = 0;
  int count_ = 0;
};
