// right
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

struct Count {
  int next;
  int operator()() { return next++; }
};

std::function<int()> counter(int start) { return Count{start}; }

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer copy;
  copy.numbers = std::make_shared<std::vector<double>>();
  for (const double x : *b.numbers) copy.numbers->push_back(x);
  return copy;
}
