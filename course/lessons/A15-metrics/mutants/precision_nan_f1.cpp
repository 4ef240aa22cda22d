// slip: 0 / 0 for a class that is never called, and in its F1
// why: 0 / 0 is not a number, and a NaN spoils every sum it is in. Where nothing is called c, or nothing is c, the contract makes the quotient 0:
//   ask before you divide. F1 from the counts, 2 hits / (called + are), needs no help.
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
    const double p = hits / called, r = are > 0 ? hits / are : 0;
    sum[0] += p;
    sum[1] += r;
    sum[2] += 2 * p * r / (p + r);
  }
  for (double& s : sum) s /= std::max(seen, 1);
  return sum;
}
