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
    const double n = double(train.size());
    const std::vector<double>& first = train.front();
    std::vector<double> m(first.size(), 0.0), s(first.size(), 0.0);
    std::vector<char> changes(first.size(), 0);
    for (const std::vector<double>& row : train)
      for (std::size_t c = 0; c < row.size(); ++c) {
        m[c] += row[c] / n;
        if (row[c] != first[c]) changes[c] = 1;
      }
    for (const std::vector<double>& row : train)
      for (std::size_t c = 0; c < row.size(); ++c) s[c] += std::pow(row[c] - m[c], 2) / n;
    for (std::size_t c = 0; c < s.size(); ++c) s[c] = changes[c] ? std::sqrt(s[c]) : 1.0;
    mean = m;
    deviation = s;
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
