// slip: all objects share one sum, each has a count of its own
// why: A static member, or a variable outside of the class, exists once for all objects. Members without static belong to each object.
// state: kept from call to call
#include <functional>
#include <memory>
#include <vector>

using solution_::Buffer;
using solution_::clone;
using solution_::counter;

class RunningMean {
 public:
  RunningMean() { reset(); }
  void add(double x) {
    sum_ += x;
    count_++;
  }
  double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  int count() const { return count_; }
  void reset() {
    sum_ = 0;
    count_ = 0;
  }

 private:
  static inline double sum_ = 0;
  int count_ = 0;
};
