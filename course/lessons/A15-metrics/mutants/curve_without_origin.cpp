// slip: the curve does not begin at (0, 0)
// why: Above the highest score nothing is called, so the curve begins at (0, 0). Yours begins at its first point, and the area from there to the
//   left is lost.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::f1;

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  std::vector<double> thresholds = score;
  std::sort(thresholds.rbegin(), thresholds.rend());
  double ones = 0, area = 0, x = -1, y = 0;
  for (const int l : label) ones += l;
  const double zeros = double(label.size()) - ones;
  if (ones == 0 || zeros == 0) return std::nan("");
  for (const double t : thresholds) {
    double alarms = 0, hits = 0;
    for (size_t i = 0; i < score.size(); i++)
      if (score[i] >= t) (label[i] == 1 ? hits : alarms) += 1;
    if (x >= 0) area += (alarms / zeros - x) * (hits / ones + y) / 2;
    x = alarms / zeros, y = hits / ones;
  }
  return area;
}
