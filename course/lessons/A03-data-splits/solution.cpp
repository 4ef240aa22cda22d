// A03: two passes over the training rows; a set of the groups that were chosen.
#include <cmath>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

struct Standardizer {
  std::vector<double> mean, deviation;

  void fit(const Rows& train) {
    const size_t columns = train[0].size();
    const double n = double(train.size());
    mean.assign(columns, 0);
    deviation.assign(columns, 0);
    for (size_t c = 0; c < columns; c++) {
      for (const auto& row : train) mean[c] += row[c] / n;
      for (const auto& row : train) deviation[c] += (row[c] - mean[c]) * (row[c] - mean[c]) / n;
      deviation[c] = std::sqrt(deviation[c]);
      bool constant = true;
      for (const auto& row : train) constant = constant && row[c] == train[0][c];
      if (constant) deviation[c] = 1;
    }
  }

  Rows transform(const Rows& x) const {
    Rows y = x;
    for (auto& row : y) {
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - mean[c]) / deviation[c];
    }
    return y;
  }
};

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
