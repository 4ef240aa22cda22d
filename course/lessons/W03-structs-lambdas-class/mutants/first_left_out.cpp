// slip: the first value is left out of the sum
// why: It counts like the others: sum += x with every add.
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  void add(double x) {
    if (count_ > 0) sum_ += x;
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};
