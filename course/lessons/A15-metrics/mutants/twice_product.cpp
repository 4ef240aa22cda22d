// slip: F1 is not divided by P + R
// why: F1 is 2 P R / (P + R), or 2 hits / (called + are).
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
    if (called > 0) sum[0] += hits / called;
    if (are > 0) sum[1] += hits / are;
    if (called > 0 && are > 0) sum[2] += 2 * hits / called * hits / are;
  }
  for (double& s : sum) s /= std::max(seen, 1);
  return sum;
}
