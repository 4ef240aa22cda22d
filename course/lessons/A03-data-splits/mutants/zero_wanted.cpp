// slip: with 0 wanted a group is taken
// why: Look before the first group whether there are enough rows already: with 0 wanted there are.
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
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
    if (int(test.size()) >= wanted) break;
  }
  return test;
}
