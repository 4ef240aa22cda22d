// slip: fit appends to mean and deviation without clearing them, so a second fit leaves the first statistics in front
// shows: fit on {{1}, {3}}, then on {{10}, {30}}: mean is {2, 20} instead of {20}, transform({{20}}) is 18 instead of 0
// named: mutants/second_fit_behind.cpp
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
    for (size_t c = 0; c < train[0].size(); c++) {
      double sum = 0;
      for (const auto& row : train) sum += row[c];
      const double m = sum / double(train.size());
      double squares = 0;
      bool constant = true;
      for (const auto& row : train) {
        squares += (row[c] - m) * (row[c] - m);
        if (row[c] != train[0][c]) constant = false;
      }
      mean.push_back(m);
      deviation.push_back(constant ? 1.0 : std::sqrt(squares / double(train.size())));
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
  // All rows of each group, and whether a row is for testing.
  std::map<int, std::vector<int>> rows_of;
  for (std::size_t r = 0; r < group.size(); ++r) rows_of[group[r]].push_back(int(r));
  std::vector<int> test;
  for (std::size_t i = 0; i < order.size() && int(test.size()) < wanted; ++i) {
    std::vector<int>& rows = rows_of[group[std::size_t(order[i])]];
    test.insert(test.end(), rows.begin(), rows.end());
    rows.clear();  // they are gone
  }
  return test;
}
