// slip: the order is gone through from its end
// why: Begin with the first row number of `order`.
#include <cmath>
#include <set>
#include <vector>

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (size_t i = order.size(); i-- > 0;) {
    const int row = order[i];
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
