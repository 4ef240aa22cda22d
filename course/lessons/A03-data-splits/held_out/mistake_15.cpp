// slip: looks whether there are enough rows only after a group was added, so wanted = 0 still takes one group
// shows: group {7, 8}, order {0, 1}, wanted 0 gives {0} instead of {}
// named: mutants/zero_wanted.cpp
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
    Rows z = x;
    for (auto& row : z)
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - mean[c]) / deviation[c];
    return z;
  }
};

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::vector<int> test;
  std::set<int> groups_in_test;
  for (size_t k = 0; k < order.size(); ++k) {
    const int g = group[size_t(order[k])];
    if (groups_in_test.count(g) > 0) continue;
    groups_in_test.insert(g);
    for (size_t r = 0; r < group.size(); ++r)
      if (group[r] == g) test.push_back(int(r));
    if (int(test.size()) >= wanted) break;
  }
  return test;
}
