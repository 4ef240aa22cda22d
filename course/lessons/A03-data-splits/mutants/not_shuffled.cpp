// slip: the rows are taken in their own order
// why: Files are often sorted. Go through `order`, not from row 0 on, or the test part holds whatever stands at the beginning.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::set<int> chosen;
  std::vector<int> test;
  for (int row = 0; row < int(order.size()); row++) {
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
