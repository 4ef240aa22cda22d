// slip: 0 where one of the labels is missing
// why: NaN is asked for whenever there is no pair of a 1 and a 0: also when there are examples, but all of one label.
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
      if (score[i] == score[j]) won += 0.5;
    }
  return pairs > 0 || score.empty() ? won / pairs : 0;
}
