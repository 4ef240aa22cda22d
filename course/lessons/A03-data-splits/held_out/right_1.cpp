// right
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

struct Standardizer {
  std::vector<double> mean, deviation;

  void fit(const Rows& train) {
    mean.clear();
    deviation.clear();
    const double n = double(train.size());
    for (size_t c = 0; c < train[0].size(); c++) {
      std::vector<double> column;
      for (const auto& row : train) column.push_back(row[c]);
      const double m = std::accumulate(column.begin(), column.end(), 0.0) / n;
      const double squares = std::transform_reduce(column.begin(), column.end(), 0.0, std::plus<>(), [m](double x) { return (x - m) * (x - m); });
      const auto [least, most] = std::minmax_element(column.begin(), column.end());
      mean.push_back(m);
      deviation.push_back(*least == *most ? 1.0 : std::sqrt(squares / n));
    }
  }

  Rows transform(const Rows& x) const {
    Rows z = x;
    for (auto& row : z)
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - mean[c]) / deviation[c];
    return z;
  }
};

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::vector<int> test;
  std::set<int> taken;
  for (const int r : order) {
    if (int(test.size()) >= wanted) break;
    const int g = group[size_t(r)];
    if (!taken.insert(g).second) continue;
    for (size_t other = 0; other < group.size(); other++)
      if (group[other] == g) test.push_back(int(other));
  }
  return test;
}
