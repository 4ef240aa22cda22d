// right
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

using Rows = std::vector<std::vector<double>>;

// Goes through the table row by row and carries mean and sum of squares of all columns on at once (after Welford).
struct Standardizer {
  std::vector<double> mean, deviation;

  void fit(const Rows& train) {
    const std::size_t columns = train.front().size();
    std::vector<double> m = train.front(), s(columns, 0.0);
    std::vector<char> constant(columns, 1);
    double n = 1;
    for (std::size_t r = 1; r < train.size(); ++r) {
      ++n;
      for (std::size_t c = 0; c < columns; ++c) {
        const double x = train[r][c], before = x - m[c];
        m[c] += before / n;
        s[c] += before * (x - m[c]);
        if (x != train.front()[c]) constant[c] = 0;
      }
    }
    for (std::size_t c = 0; c < columns; ++c) s[c] = constant[c] ? 1.0 : std::sqrt(s[c] / n);
    mean = std::move(m);
    deviation = std::move(s);
  }

  Rows transform(const Rows& x) const {
    Rows z(x.size(), std::vector<double>(mean.size()));
    for (std::size_t c = 0; c < mean.size(); ++c)
      for (std::size_t r = 0; r < x.size(); ++r) z[r][c] = (x[r][c] - mean[c]) / deviation[c];
    return z;
  }
};

// First a list of the rows of each group; a list that was used is taken away.
std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::map<int, std::vector<int>> members;
  for (int r = 0; r < static_cast<int>(group.size()); ++r) members[group[static_cast<std::size_t>(r)]].push_back(r);
  std::vector<int> test;
  for (auto it = order.begin(); it != order.end() && static_cast<int>(test.size()) < wanted; ++it) {
    const auto found = members.find(group[static_cast<std::size_t>(*it)]);
    if (found == members.end()) continue;
    test.insert(test.end(), found->second.begin(), found->second.end());
    members.erase(found);
  }
  return test;
}
