// slip: equal scores get different ranks, in the order of the list, so ties do not count one half
// shows: scores {0.5, 0.5}, labels {0, 1} give 1 instead of 0.5
// named: mutants/ties_by_order.cpp
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
  // Sum of the ranks of the positives (Mann and Whitney).
  std::vector<size_t> order(score.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](size_t i, size_t j) { return score[i] < score[j]; });
  double rank_sum = 0, n1 = 0, n0 = 0;
  for (size_t r = 0; r < order.size(); ++r) {
    if (label[order[r]] == 1) {
      rank_sum += double(r + 1);
      ++n1;
    } else {
      ++n0;
    }
  }
  if (n1 == 0 || n0 == 0) return std::nan("");
  return (rank_sum - n1 * (n1 + 1) / 2) / (n1 * n0);
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
