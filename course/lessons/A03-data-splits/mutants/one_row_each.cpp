// slip: of each group only one row is taken
// why: When a row goes to the test part, all rows of its group go with it: search the whole of `group` for them.
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
    if (chosen.insert(group[row]).second) test.push_back(row);
  }
  return test;
}
