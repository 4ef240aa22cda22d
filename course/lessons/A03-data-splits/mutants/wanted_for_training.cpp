// slip: the training part gets the wanted number
// why: `wanted` counts test rows: stop when the test part has so many.
#include <cmath>
#include <set>
#include <vector>

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) >= int(group.size()) - wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
