// slip: below 0 it takes all rows
// why: test.size() is unsigned: a negative `wanted` beside it becomes a huge number. Compare ints, or ask for 0 or less first.
#include <cmath>
#include <set>
#include <vector>

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (test.size() >= size_t(wanted)) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
