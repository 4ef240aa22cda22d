// slip: the sum of squares is divided by the number of rows minus one
// shows: fit on {{1}, {3}} keeps the deviation 1.414 instead of 1
// named: mutants/n_minus_one.cpp
// named: mutants/one_row_divides_by_zero.cpp
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
      for (std::size_t c = 0; c < row.size(); ++c) s[c] += std::pow(row[c] - m[c], 2) / (n - 1);
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
