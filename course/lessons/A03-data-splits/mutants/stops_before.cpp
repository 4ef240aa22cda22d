// slip: it stops before a group that does not fit
// why: At least `wanted` rows are asked for: the last group may go beyond that, and is taken.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using solution_::Standardizer;

using Rows = std::vector<std::vector<double>>;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    if (int(test.size()) + int(std::count(group.begin(), group.end(), group[row])) > wanted) break;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
