// slip: the classes are weighted by how often they occur
// why: The macro average gives each class the same weight, the rare one as much as the frequent one.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::roc_auc;

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<double> sum(3, 0.0);
  double seen = 0;
  for (int c = 0; c < classes; c++) {
    double hits = 0, called = 0, are = 0;
    for (size_t i = 0; i < truth.size(); i++) {
      if (predicted[i] == c) called++;
      if (truth[i] == c) are++;
      if (truth[i] == c && predicted[i] == c) hits++;
    }
    if (called + are == 0) continue;
    seen += are;
    if (called > 0) sum[0] += are * hits / called;
    if (are > 0) sum[1] += hits;
    sum[2] += are * 2 * hits / (called + are);
  }
  for (double& s : sum) s /= std::max(seen, 1.0);
  return sum;
}
