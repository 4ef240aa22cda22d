// slip: the number of the counter is static, so all counters share it
// shows: c = counter(0), d = counter(5): c() gives 5 instead of 0, and d() gives 6 after it instead of 5
// named: mutants/shared_counter.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
  double total = 0;
  int n = 0;

 public:
  void add(double x) { total += x, n++; }
  double mean() const { return n ? total / n : 0; }
  int count() const { return n; }
  void reset() { total = 0, n = 0; }
};

std::function<int()> counter(int start) {
  static int next;
  next = start;
  return [] { return next++; };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer c;
  c.numbers = std::make_shared<std::vector<double>>(*b.numbers);
  return c;
}
