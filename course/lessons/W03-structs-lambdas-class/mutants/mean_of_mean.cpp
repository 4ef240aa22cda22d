// slip: the mean is divided by the count again
// why: The mean so far is a mean already: keep the sum, and divide it once, in mean().
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
    sum_ = (sum_ * (count_ - 1) + x) / count_;
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
