// slip: positions in order are returned, not row numbers
// why: At place i of `order` stands the row order[i]; its group is group[order[i]], and order[i] belongs into the result, not i.
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
    for (int i = 0; i < int(order.size()); i++) {
      if (group[order[i]] == group[row]) test.push_back(i);
    }
  }
  return test;
}
