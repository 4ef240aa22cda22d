// slip: the row from the order is appended for each row of its group
// why: Append r, the row that has the same group, not the row that you compare with.
#include <cmath>
#include <set>
#include <vector>

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(row);
    }
  }
  return test;
}
