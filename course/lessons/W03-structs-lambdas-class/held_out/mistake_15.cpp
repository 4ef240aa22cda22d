// slip: the counter is static, all functions that were returned count together from the first start on
// shows: a = counter(5), a() is 5; b = counter(100), b() gives 6 instead of 100
// named: mutants/static_once.cpp
// named: mutants/shared_counter.cpp
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) {
    ++how_many;
    so_far += (x - so_far) / how_many;
  }
  double mean() const { return so_far; }
  int count() const { return how_many; }
  void reset() { *this = RunningMean(); }

 private:
  double so_far = 0;
  int how_many = 0;
};

std::function<int()> counter(int start) {
  static int n = start;
  return [] { return n++; };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer copy;
  copy.numbers = std::make_shared<std::vector<double>>();
  for (const double x : *b.numbers) copy.numbers->push_back(x);
  return copy;
}
