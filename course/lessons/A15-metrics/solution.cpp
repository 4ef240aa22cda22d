#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<double> sum(3, 0.0);
  int seen = 0;
  for (int c = 0; c < classes; c++) {
    double hits = 0, called = 0, are = 0;
    for (size_t i = 0; i < truth.size(); i++) {
      if (predicted[i] == c) called++;
      if (truth[i] == c) are++;
      if (truth[i] == c && predicted[i] == c) hits++;
    }
    if (called + are == 0) continue;
    seen++;
    if (called > 0) sum[0] += hits / called;
    if (are > 0) sum[1] += hits / are;
    sum[2] += 2 * hits / (called + are);
  }
  for (double& s : sum) s /= std::max(seen, 1);
  return sum;
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double won = 0, pairs = 0;
  for (size_t i = 0; i < score.size(); i++)
    for (size_t j = 0; j < score.size(); j++) {
      if (label[i] != 1 || label[j] != 0) continue;
      pairs++;
      if (score[i] > score[j]) won++;
      if (score[i] == score[j]) won += 0.5;
    }
  return won / pairs;  // 0 / 0 is NaN
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
  const auto at = [&](double share) {
    const size_t last = means.size() - 1;
    const double place = share * double(last);
    const size_t left = size_t(place), right = std::min(left + 1, last);
    return means[left] + (place - double(left)) * (means[right] - means[left]);
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}
