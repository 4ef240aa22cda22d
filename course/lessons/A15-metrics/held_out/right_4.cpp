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
  std::vector<double> m(size_t(times), 0.0);
  for (double& mean : m) {
    for (size_t k = 0; k < values.size(); ++k) mean += values[below(values.size())];
    mean /= double(values.size());
  }
  std::sort(m.begin(), m.end());
  std::vector<double> ends;
  for (const double side : {(1 - level) / 2, (1 + level) / 2}) {
    const double place = side * (times - 1), whole = std::floor(place);
    const size_t k = size_t(whole);
    double value = m[k];
    if (k + 1 < m.size()) value += (place - whole) * (m[k + 1] - m[k]);
    ends.push_back(value);
  }
  return ends;
}
