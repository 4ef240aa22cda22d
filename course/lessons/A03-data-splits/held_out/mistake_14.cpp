// slip: stops in the middle of a group when the wanted number is reached, so that group is torn apart
// shows: group {7, 7, 7}, order {0, 1, 2}, wanted 2 gives {0, 1} instead of {0, 1, 2}
// named: mutants/torn_group.cpp
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
    Rows result;
    result.reserve(x.size());
    for (const std::vector<double>& row : x) {
      std::vector<double> scaled;
      for (std::size_t c = 0; c < row.size(); ++c) scaled.push_back((row[c] - mean[c]) / deviation[c]);
      result.push_back(scaled);
    }
    return result;
  }
};

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int r : order) {
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[size_t(r)]).second) continue;
    for (size_t i = 0; i < group.size(); i++)
      if (group[i] == group[size_t(r)] && int(test.size()) < wanted) test.push_back(int(i));
  }
  return test;
}
