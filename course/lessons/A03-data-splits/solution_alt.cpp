// A03 by another way: one pass by Welford's update (1962), and the order of the groups first, then their rows.
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

using Rows = std::vector<std::vector<double>>;

class Standardizer {
 public:
  void fit(const Rows& train) {
    columns_.assign(train.front().size(), {});
    for (const auto& row : train)
      for (size_t c = 0; c < row.size(); c++) columns_[c].add(row[c]);
  }
  Rows transform(const Rows& x) const {
    Rows y;
    for (const auto& row : x) {
      y.emplace_back();
      for (size_t c = 0; c < row.size(); c++) y.back().push_back((row[c] - columns_[c].mean) / columns_[c].deviation());
    }
    return y;
  }
 private:
  struct Column {
    double n = 0, mean = 0, squares = 0;
    void add(double v) {
      n++;
      const double d = v - mean;
      mean += d / n;
      squares += d * (v - mean);
    }
    double deviation() const { return squares > 1e-24 * n * mean * mean ? std::sqrt(squares / n) : 1; }
  };
  std::vector<Column> columns_;
};

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::map<int, std::vector<int>> rows;
  for (size_t r = 0; r < group.size(); r++) rows[group[r]].push_back(int(r));
  std::vector<int> test;
  for (size_t i = 0; i < order.size() && int(test.size()) < wanted; i++) {
    std::vector<int>& all = rows[group[size_t(order[i])]];
    test.insert(test.end(), all.begin(), all.end());
    all.clear();
  }
  std::sort(test.begin(), test.end());
  return test;
}
