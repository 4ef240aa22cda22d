// slip: the places are cut to whole numbers, nothing is taken in between two means
// shows: values {0, 10}, draws 0 0 then 1 1, times 2, level 0.5 give {0, 0} instead of {2.5, 7.5}
// named: mutants/not_interpolated.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<double> total(3, 0.0);
  double present = 0;
  for (int c = 0; c < classes; ++c) {
    double hit = 0, said = 0, is = 0;
    for (size_t i = 0; i < truth.size(); ++i) {
      const bool t = truth[i] == c, p = predicted[i] == c;
      hit += t && p;
      said += p;
      is += t;
    }
    if (said == 0 && is == 0) continue;
    ++present;
    total[0] += said > 0 ? hit / said : 0.0;
    total[1] += is > 0 ? hit / is : 0.0;
    total[2] += 2 * hit / (said + is);
  }
  if (present > 0)
    for (double& t : total) t /= present;
  return total;
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  // The scores of the negatives, sorted; each positive asks how many lie below it and how many are equal.
  std::vector<double> negative, positive;
  for (size_t i = 0; i < score.size(); ++i) (label[i] == 1 ? positive : negative).push_back(score[i]);
  if (negative.empty() || positive.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(negative.begin(), negative.end());
  double sum = 0;
  for (const double s : positive) {
    const auto range = std::equal_range(negative.begin(), negative.end(), s);
    sum += double(range.first - negative.begin()) + 0.5 * double(range.second - range.first);
  }
  return sum / double(positive.size()) / double(negative.size());
}

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  const size_t n = values.size();
  std::vector<double> means;
  for (int t = 0; t < times; t++) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += values[below(n)];
    means.push_back(sum / double(n));
  }
  std::sort(means.begin(), means.end());
  const int low = int((1 - level) / 2 * (times - 1));
  const int high = int((1 + level) / 2 * (times - 1));
  return {means[size_t(low)], means[size_t(high)]};
}
