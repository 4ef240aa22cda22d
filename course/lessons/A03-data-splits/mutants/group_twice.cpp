// slip: a group is taken again for each of its rows
// why: A group whose rows are already in the test part has to be passed over, or its rows stand there several times.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) >= wanted) break;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
