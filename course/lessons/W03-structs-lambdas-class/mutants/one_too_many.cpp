// slip: divided by one too many
// why: The count has grown already when the new value is worked in. Divide by it, and not by one more.
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
    mean_ += (x - mean_) / (count_ + 1);
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
