// slip: groups are counted instead of rows
// why: `wanted` is a number of rows. Compare it with the size of the test part, not with the number of groups in it.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (int(chosen.size()) >= wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
