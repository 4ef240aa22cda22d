// slip: the last group is torn
// why: A group goes to the test part as a whole: look whether there are enough rows before you take a group, and not before each of its rows.
//   The rest of a torn group would stay in the training part.
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
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row] && int(test.size()) < wanted) test.push_back(r);
    }
  }
  return test;
}
