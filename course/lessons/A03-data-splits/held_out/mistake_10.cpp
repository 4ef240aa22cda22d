// slip: whether there are enough rows is asked only after a group was added
// shows: group {0, 1}, order {1, 0}, wanted 0: gives {1} instead of no rows
// named: mutants/zero_wanted.cpp
#include <algorithm>
#include <cmath>
#include <vector>

using Rows = std::vector<std::vector<double>>;

struct Standardizer {
  std::vector<double> mean, deviation;

  void fit(const Rows& train) {
    const size_t columns = train[0].size();
    mean = std::vector<double>(columns);
    deviation = std::vector<double>(columns);
    for (const auto& row : train)
      for (size_t c = 0; c < columns; c++) mean[c] += row[c];
    for (double& m : mean) m /= double(train.size());
    for (const auto& row : train)
      for (size_t c = 0; c < columns; c++) deviation[c] += (row[c] - mean[c]) * (row[c] - mean[c]);
    for (size_t c = 0; c < columns; c++) {
      deviation[c] = std::sqrt(deviation[c] / double(train.size()));
      if (std::all_of(train.begin(), train.end(), [&](const auto& row) { return row[c] == train[0][c]; })) deviation[c] = 1;
    }
  }

  Rows transform(const Rows& x) const {
    Rows z(x.size());
    for (size_t r = 0; r < x.size(); r++)
      for (size_t c = 0; c < x[r].size(); c++) z[r].push_back((x[r][c] - mean[c]) / deviation[c]);
    return z;
  }
};

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::vector<int> test;
  for (const int row : order) {
    if (std::find(test.begin(), test.end(), row) != test.end()) continue;
    for (size_t r = 0; r < group.size(); r++)
      if (group[r] == group[size_t(row)]) test.push_back(int(r));
    if (int(test.size()) >= wanted) break;
  }
  return test;
}
