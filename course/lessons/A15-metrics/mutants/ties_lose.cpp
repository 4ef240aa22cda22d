// slip: equal scores count as lost
// why: A pair with equal scores counts one half: whoever has to choose between them can only toss a coin. A model that gives every
//   example the same score has the area 0.5.
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
    }
  return won / pairs;  // 0 / 0 is NaN
}
