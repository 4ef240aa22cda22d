// slip: more rows than there are are refused
// why: Where more are wanted than there are, the test part gets all.
#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  if (wanted > int(group.size())) throw std::invalid_argument("wanted");
  std::set<int> chosen;
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) >= wanted) break;
    if (!chosen.insert(group[row]).second) continue;
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row]) test.push_back(r);
    }
  }
  return test;
}
