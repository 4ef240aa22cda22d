// slip: a number below 0 is refused
// why: With 0 or less the test part stays empty.
#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  if (wanted < 0) throw std::invalid_argument("wanted");
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
