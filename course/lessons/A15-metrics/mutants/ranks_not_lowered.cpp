// slip: the ranks of the ones among themselves are not taken off as they are
// why: The sum of the ranks of the ones counts their wins against each other, too: take ones * (ones + 1) / 2 off before you divide by ones *
//   zeros.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::f1;

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double ranks = 0, ones = 0;
  for (size_t i = 0; i < score.size(); i++) {
    if (label[i] != 1) continue;
    ones++;
    for (size_t j = 0; j < score.size(); j++) ranks += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
    ranks += 0.5;  // ranks count from 1
  }
  const double zeros = double(score.size()) - ones;
  return ones * zeros > 0 ? ranks / (ones * zeros) : std::nan("");
}
