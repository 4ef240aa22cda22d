// right
#include <functional>
#include <memory>
#include <vector>

class RunningMean {
 public:
  void add(double x) { values.push_back(x); }
  double mean() const {
    if (values.empty()) return 0;
    double sum = 0;
    for (const double v : values) sum += v;
    return sum / double(values.size());
  }
  int count() const { return int(values.size()); }
  void reset() { values.clear(); }

 private:
  std::vector<double> values;
};

std::function<int()> counter(int start) {
  return [start]() mutable { return start++; };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  Buffer c;
  c.numbers.reset(new std::vector<double>(b.numbers->begin(), b.numbers->end()));
  return c;
}
