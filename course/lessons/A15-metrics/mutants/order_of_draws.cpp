// slip: the draws go round the resamples
// why: below is asked for all values of one resample, then for the next one. Yours asks for the first value of each resample, then for the second
//   of each.
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
  means.resize(size_t(times));
  for (size_t i = 0; i < n; i++)
    for (double& m : means) m += values[below(n)] / double(n);
  std::sort(means.begin(), means.end());
  const auto at = [&](double share) {
    const size_t last = means.size() - 1;
    const double place = share * double(last);
    const size_t left = size_t(place), right = std::min(left + 1, last);
    return means[left] + (place - double(left)) * (means[right] - means[left]);
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}
