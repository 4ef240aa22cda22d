// slip: the curve is walked one example after the other, equal scores in the order of the list
// shows: score (0.5, 0.5), label (1, 0) gives 1 and with label (0, 1) gives 0, instead of 0.5 for both
// named: mutants/ties_by_order.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<double> hits(size_t(classes), 0.0), called = hits, are = hits;
  for (size_t i = 0; i < truth.size(); i++) {
    are[size_t(truth[i])]++;
    called[size_t(predicted[i])]++;
    hits[size_t(truth[i])] += truth[i] == predicted[i];
  }
  double precision = 0, recall = 0, f = 0, count = 0;
  for (size_t c = 0; c < hits.size(); c++) {
    if (called[c] + are[c] == 0) continue;
    count++;
    precision += called[c] > 0 ? hits[c] / called[c] : 0;
    recall += are[c] > 0 ? hits[c] / are[c] : 0;
    f += 2 * hits[c] / (called[c] + are[c]);
  }
  if (count == 0) return {0, 0, 0};
  return {precision / count, recall / count, f / count};
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  std::vector<size_t> order(score.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](size_t i, size_t j) { return score[i] > score[j]; });
  double up = 0, right = 0, area = 0;
  for (size_t i : order) {
    if (label[i] == 1) {
      up++;
    } else {
      right++;
      area += up;
    }
  }
  if (up == 0 || right == 0) return std::nan("");
  return area / (up * right);
}

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  std::vector<double> means(size_t(times), 0.0);
  for (double& mean : means) {
    for (size_t i = 0; i < values.size(); i++) mean += values[below(values.size())];
    mean /= double(values.size());
  }
  std::sort(means.begin(), means.end());
  const auto at = [&](double place) {
    const size_t k = std::min(size_t(place), means.size() - 1), next = std::min(k + 1, means.size() - 1);
    return means[k] + (place - double(k)) * (means[next] - means[k]);
  };
  return {at((1 - level) / 2 * (times - 1)), at((1 + level) / 2 * (times - 1))};
}
