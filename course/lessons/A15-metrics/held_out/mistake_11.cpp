// slip: the macro mean is divided by the number of all classes, also of those that occur on neither side
// shows: f1({0, 1}, {0, 1}, 4) gives {0.5, 0.5, 0.5} instead of {1, 1, 1}
// named: mutants/absent_counts.cpp
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
  for (size_t c = 0; c < n; c++) {
    if (called[c] + are[c] == 0) continue;
    if (called[c] > 0) p += double(hits[c]) / called[c];
    if (are[c] > 0) r += double(hits[c]) / are[c];
    f += 2.0 * hits[c] / (called[c] + are[c]);
  }
  if (truth.empty()) return {0, 0, 0};
  return {p / classes, r / classes, f / classes};
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double won = 0, pairs = 0;
  for (size_t i = 0; i < score.size(); i++) {
    if (label[i] != 1) continue;
    for (size_t j = 0; j < score.size(); j++) {
      if (label[j] != 0) continue;
      pairs++;
      if (score[i] > score[j]) won += 1;
      if (score[i] == score[j]) won += 0.5;
    }
  }
  return pairs > 0 ? won / pairs : std::nan("");
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
