// slip: the lower end stands at the share of the whole tail
// why: The interval leaves out (1 - level) / 2 at EACH end, so its ends stand at the shares (1 - level) / 2 and (1 + level) / 2. Your lower end
//   leaves out the whole of 1 - level below it.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::f1;
using solution_::roc_auc;

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  const size_t n = values.size();
  std::vector<double> means;
  for (int t = 0; t < times; t++) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += values[below(n)];
    means.push_back(sum / double(n));
  }
  std::sort(means.begin(), means.end());
  const auto at = [&](double share) {
    const size_t last = means.size() - 1;
    const double place = share * double(last);
    const size_t left = size_t(place), right = std::min(left + 1, last);
    return means[left] + (place - double(left)) * (means[right] - means[left]);
  };
  return {at(1 - level), at((1 + level) / 2)};
}
