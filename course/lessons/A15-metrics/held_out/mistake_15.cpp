// slip: the sum is set to 0 only once, before the loop over the resamples, so it carries over from one to the next
// shows: values {4}, times 3, level 1 give {4, 12} instead of {4, 4}
// named: mutants/sum_kept.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  const size_t n = size_t(classes);
  std::vector<int> hits(n, 0), called(n, 0), are(n, 0);
  for (size_t i = 0; i < truth.size(); i++) {
    are[size_t(truth[i])]++;
    called[size_t(predicted[i])]++;
    if (truth[i] == predicted[i]) hits[size_t(truth[i])]++;
  }
  double p = 0, r = 0, f = 0;
  int occur = 0;
  for (size_t c = 0; c < n; c++) {
    if (called[c] + are[c] == 0) continue;
    occur++;
    if (called[c] > 0) p += double(hits[c]) / called[c];
    if (are[c] > 0) r += double(hits[c]) / are[c];
    f += 2.0 * hits[c] / (called[c] + are[c]);
  }
  if (occur == 0) return {0, 0, 0};
  return {p / occur, r / occur, f / occur};
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  std::vector<std::pair<double, int>> sorted;
  for (size_t i = 0; i < score.size(); i++) sorted.emplace_back(score[i], label[i]);
  std::sort(sorted.begin(), sorted.end());
  double area = 0, ones = 0, zeros = 0;  // so far, from the lowest score upwards
  for (size_t from = 0; from < sorted.size();) {
    size_t to = from;
    double group_ones = 0, group_zeros = 0;
    for (; to < sorted.size() && sorted[to].first == sorted[from].first; to++) (sorted[to].second == 1 ? group_ones : group_zeros)++;
    area += group_ones * (zeros + 0.5 * group_zeros);
    ones += group_ones;
    zeros += group_zeros;
    from = to;
  }
  if (ones == 0 || zeros == 0) return std::nan("");
  return area / (ones * zeros);
}

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  const size_t n = values.size();
  std::vector<double> means;
  double sum = 0;
  for (int t = 0; t < times; t++) {
    for (size_t i = 0; i < n; i++) sum += values[below(n)];
    means.push_back(sum / double(n));
  }
  std::sort(means.begin(), means.end());
  const auto at = [&](double place) {
    const size_t left = std::min(size_t(place), means.size() - 1);
    const size_t right = std::min(left + 1, means.size() - 1);
    const double part = place - double(left);
    return means[left] * (1 - part) + means[right] * part;
  };
  return {at((1 - level) / 2 * (times - 1)), at((1 + level) / 2 * (times - 1))};
}
