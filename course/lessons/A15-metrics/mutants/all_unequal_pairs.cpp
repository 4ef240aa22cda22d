// slip: pairs of equal labels count, too
// why: A pair has one example with label 1 and one with label 0. Yours compares each example with label 1 with all the others.
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
      if (label[i] != 1 || i == j) continue;
      pairs++;
      if (score[i] > score[j]) won++;
      if (score[i] == score[j]) won += 0.5;
    }
  bool both = false;
  for (const int l : label) both = both || l == 0;
  return both ? won / pairs : std::nan("");
}
