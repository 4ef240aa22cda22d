// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

struct Standardizer {
  std::vector<double> mean, deviation;

  void fit(const Rows& train) {
    const size_t columns = train[0].size();
    mean.assign(columns, 0.0);
    deviation.assign(columns, 1.0);
    for (size_t c = 0; c < columns; c++) {
      for (const auto& row : train) mean[c] += row[c];
      mean[c] /= double(train.size());
      double squares = 0, low = train[0][c], high = train[0][c];
      for (const auto& row : train) {
        squares += (row[c] - mean[c]) * (row[c] - mean[c]);
        low = std::min(low, row[c]);
        high = std::max(high, row[c]);
      }
      if (low < high) deviation[c] = std::sqrt(squares / double(train.size()));
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
  std::vector<bool> in_test(group.size(), false);
  int count = 0;
  for (const int row : order) {
    if (count >= wanted) break;
    if (in_test[size_t(row)]) continue;
    for (size_t r = 0; r < group.size(); r++) {
      if (group[r] == group[size_t(row)]) {
        in_test[r] = true;
        count++;
      }
    }
  }
  std::vector<int> test;
  for (size_t r = 0; r < in_test.size(); r++)
    if (in_test[r]) test.push_back(int(r));
  return test;
}
