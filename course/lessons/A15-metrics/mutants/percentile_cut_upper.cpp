// slip: the places are counted to times, and cut to whole ones
// why: The sorted means have the places 0 to times - 1, so a share is multiplied by times - 1. And a place such as 3.25 lies a quarter of the way
//   from m[3] to m[4]. In yours the upper end is one place lower than its share of times.
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
    const double place = std::max(share * double(last + 1) - (share > 0.5 ? 1 : 0), 0.0);
    const size_t left = size_t(place), right = std::min(left + 1, last);
    return means[std::min(std::min(left, last), right)];
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}
