// slip: it stops only at exactly the wanted number
// why: A whole group may bring more than are missing: stop at `wanted` rows or more.
#include <cmath>
#include <set>
#include <vector>

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) == wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
