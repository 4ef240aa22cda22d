// slip: the deviation is compared with exactly 0, rounding of the mean is not allowed for
// shows: fit on {{0.1}, {0.1}, {0.1}} keeps the deviation 1.4e-17 instead of 1, and transform({{0.2}}) is 7e15 instead of 0.1
// named: mutants/constant_by_zero.cpp
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
    const size_t n = train.size(), columns = train[0].size();
    mean.assign(columns, 0);
    deviation.assign(columns, 0);
    for (size_t c = 0; c < columns; c++) {
      for (size_t r = 0; r < n; r++) mean[c] += train[r][c];
      mean[c] /= double(n);
      for (size_t r = 0; r < n; r++) deviation[c] += (train[r][c] - mean[c]) * (train[r][c] - mean[c]);
      deviation[c] = std::sqrt(deviation[c] / double(n));
      if (deviation[c] == 0) deviation[c] = 1;
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
  std::set<int> chosen;
  std::vector<int> test;
  for (const int r : order) {
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[size_t(r)]).second) continue;
    for (size_t i = 0; i < group.size(); i++)
      if (group[i] == group[size_t(r)]) test.push_back(int(i));
  }
  return test;
}
