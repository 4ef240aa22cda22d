// slip: equal scores are taken in the order of the list
// why: A sorted list puts equal scores into some order, and a staircase drawn one example at a time depends on it. Equal scores have
//   to be taken in one step, or half a pair each.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::f1;

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double won = 0, pairs = 0;
  for (size_t i = 0; i < score.size(); i++)
    for (size_t j = 0; j < score.size(); j++) {
      if (label[i] != 1 || label[j] != 0) continue;
      pairs++;
      if (score[i] > score[j]) won++;
      if (score[i] == score[j] && i < j) won++;
    }
  return won / pairs;  // 0 / 0 is NaN
}
