// slip: the number of resamples and their size are swapped
// why: `times` resamples of values.size() values each. Yours makes values.size() resamples of `times` values.
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
  for (size_t t = 0; t < n; t++) {
    double sum = 0;
    for (int i = 0; i < times; i++) sum += values[below(n)];
    means.push_back(sum / double(times));
  }
  std::sort(means.begin(), means.end());
  const auto at = [&](double share) {
    const size_t last = means.size() - 1;
    const double place = share * double(last);
    const size_t left = size_t(place), right = std::min(left + 1, last);
    return means[left] + (place - double(left)) * (means[right] - means[left]);
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}
