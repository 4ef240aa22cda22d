// slip: the scores are cut at a threshold
// why: The area looks at the order of the scores alone, for every threshold at once. Scores need not lie between 0 and 1.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::f1;

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double right = 0, ones = 0;
  for (size_t i = 0; i < score.size(); i++) {
    ones += label[i];
    right += (score[i] > 0.5) == (label[i] == 1);
  }
  return ones == 0 || ones == double(score.size()) ? std::nan("") : right / double(score.size());
}
