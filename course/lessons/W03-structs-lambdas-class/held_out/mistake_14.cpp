// slip: reset forgets the sum, only the count begins anew
// shows: add(4), reset(), add(2): mean() is 6 instead of 2
// named: mutants/sum_stays.cpp
#include <functional>
#include <memory>
#include <vector>

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

struct Count {
  int next;
  int operator()() { return next++; }
};

std::function<int()> counter(int start) { return Count{start}; }

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) { return {std::make_shared<std::vector<double>>(*b.numbers)}; }
