// right
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
  for (int t = 0; t < times; t++) {
    double sum = 0;
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
