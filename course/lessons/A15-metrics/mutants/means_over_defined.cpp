// slip: each mean is taken over the classes whose quotient is not 0 / 0
// why: Precision, recall and F1 are means over the same classes: a class that occurs on one side only counts in all three, with a 0 where the quotient does not exist.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::roc_auc;

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<double> sum(3, 0.0);
  int seen = 0, called_classes = 0, true_classes = 0;
  for (int c = 0; c < classes; c++) {
    double hits = 0, called = 0, are = 0;
    for (size_t i = 0; i < truth.size(); i++) {
      if (predicted[i] == c) called++;
      if (truth[i] == c) are++;
      if (truth[i] == c && predicted[i] == c) hits++;
    }
    if (called + are == 0) continue;
    seen++;
    called_classes += called > 0, true_classes += are > 0;
    if (called > 0) sum[0] += hits / called;
    if (are > 0) sum[1] += hits / are;
    sum[2] += 2 * hits / (called + are);
  }
  return {sum[0] / std::max(called_classes, 1), sum[1] / std::max(true_classes, 1), sum[2] / std::max(seen, 1)};
}
