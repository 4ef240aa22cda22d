// W03 by another way: the mean itself is kept and moved towards each new value; the counter's number lies behind a pointer; the clone is filled
// entry by entry.
#include <functional>
#include <memory>
#include <vector>

struct RunningMean {
  void add(double x) {
    n += 1;
    m += (x - m) / n;
  }
  double mean() const { return m; }
  int count() const { return int(n); }
  void reset() { *this = RunningMean(); }

  double n = 0, m = 0;
};

std::function<int()> counter(int start) {
  const auto next = std::make_shared<int>(start - 1);
  return [next] {
    *next += 1;
    return *next;
  };
}

struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

Buffer clone(const Buffer& b) {
  const std::vector<double>& from = *b.numbers;
  std::vector<double> to(from.size(), 0.0);
  for (size_t i = 0; i < from.size(); i++) to[i] = from[i];
  return {std::make_shared<std::vector<double>>(to)};
}
