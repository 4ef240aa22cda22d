// slip: the median of a resample in place of its mean
// why: The interval is asked for the mean. Yours takes the middle value of each resample.
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
    std::vector<double> drawn;
    for (size_t i = 0; i < n; i++) drawn.push_back(values[below(n)]);
    std::sort(drawn.begin(), drawn.end());
    means.push_back((drawn[n / 2] + drawn[(n - 1) / 2]) / 2);
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
