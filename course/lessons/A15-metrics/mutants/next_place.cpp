// slip: the next place in place of a share of the way
// why: A place such as 3.25 lies a quarter of the way from m[3] to m[4]. Yours goes all the way to m[4].
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
    return place > double(left) ? means[right] : means[left];
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}
