// slip: ++n in place of n++, the first call gives start + 1
// shows: counter(5): the first call gives 6 instead of 5
// named: mutants/one_ahead.cpp
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
  return [n = start]() mutable { return ++n; };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) { return {std::make_shared<std::vector<double>>(*b.numbers)}; }
