// slip: the middle of two places
// why: A place such as 3.25 lies a quarter of the way from m[3] to m[4], and place 3 is m[3] itself. Yours always takes the middle of two.
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
    (void)place;
    return (means[left] + means[right]) / 2;
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}
