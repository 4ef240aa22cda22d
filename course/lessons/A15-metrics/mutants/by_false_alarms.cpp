// slip: the hits are divided by the mistakes
// why: Precision divides by all that were called c, hits and false alarms together; recall by all that are c, hits and misses together.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::roc_auc;

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<double> sum(3, 0.0);
  int seen = 0;
  for (int c = 0; c < classes; c++) {
    double hits = 0, called = 0, are = 0;
    for (size_t i = 0; i < truth.size(); i++) {
      if (predicted[i] == c) called++;
      if (truth[i] == c) are++;
      if (truth[i] == c && predicted[i] == c) hits++;
    }
    if (called + are == 0) continue;
    seen++;
    if (called > hits) sum[0] += hits / (called - hits);
    if (are > hits) sum[1] += hits / (are - hits);
    sum[2] += 2 * hits / (called + are);
  }
  for (double& s : sum) s /= std::max(seen, 1);
  return sum;
}
