// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
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
  std::vector<double> zeros;
  for (size_t i = 0; i < score.size(); i++)
    if (label[i] == 0) zeros.push_back(score[i]);
  std::sort(zeros.begin(), zeros.end());
  const double ones = double(std::count(label.begin(), label.end(), 1));
  if (zeros.empty() || ones == 0) return std::nan("");
  double won = 0;
  for (size_t i = 0; i < score.size(); i++) {
    if (label[i] != 1) continue;
    const auto [low, high] = std::equal_range(zeros.begin(), zeros.end(), score[i]);
    won += double(low - zeros.begin()) + 0.5 * double(high - low);
  }
  return won / (ones * double(zeros.size()));
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
