// slip: divided by the count less one
// why: The mean divides by the count. One less belongs to a variance.
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
  double mean() const { return count_ <= 1 ? sum_ : sum_ / (count_ - 1); }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};
