// slip: single rows are chosen, so groups are torn apart
// why: When a row goes to the test part, all rows of its group go with it. Otherwise a patient stands on both sides, and the model
//   recognises the patient.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

using solution_::Standardizer;

std::vector<int> split_by_group(const std::vector<int>&, const std::vector<int>& order, int wanted) {
  std::vector<int> test;
  for (const int row : order) {
    if (int(test.size()) >= wanted) break;
    test.push_back(row);
  }
  return test;
}
