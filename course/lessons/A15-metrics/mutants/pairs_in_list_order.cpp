// slip: only pairs in the order of the list are looked at
// why: Every example with label 1 makes a pair with every example with label 0, whether it stands before or behind it. Let j run over all examples, not from i on.
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
    for (size_t j = i + 1; j < score.size(); j++) {
      if (label[i] != 1 || label[j] != 0) continue;
      pairs++;
      if (score[i] > score[j]) won++;
      if (score[i] == score[j]) won += 0.5;
    }
  return won / pairs;  // 0 / 0 is NaN
}
