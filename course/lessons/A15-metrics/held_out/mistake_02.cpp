// slip: the sums are divided by the number of all classes, also by those that occur nowhere
// shows: truth (0, 1), predicted (0, 1), classes 3: gives 0.667 three times instead of 1
// named: mutants/absent_counts.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  double p = 0, r = 0, f = 0;
  for (int c = 0; c < classes; c++) {
    double hits = 0, called = 0, are = 0;
    for (size_t i = 0; i < truth.size(); i++) {
      called += predicted[i] == c;
      are += truth[i] == c;
      hits += predicted[i] == c && truth[i] == c;
    }
    if (called > 0) p += hits / called;
    if (are > 0) r += hits / are;
    if (called + are > 0) f += 2 * hits / (called + are);
  }
  if (truth.empty()) return {0, 0, 0};
  return {p / classes, r / classes, f / classes};
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double won = 0;
  double pairs = 0;
  for (size_t i = 0; i < score.size(); i++) {
    for (size_t j = 0; j < score.size(); j++) {
      if (label[i] == 1 && label[j] == 0) {
        pairs++;
        if (score[i] > score[j]) won++;
        if (score[i] == score[j]) won += 0.5;
      }
    }
  }
  if (pairs == 0) { return std::nan(""); }
  return won / pairs;
}

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  std::vector<double> m;
  for (int t = 0; t < times; t++) {
    double sum = 0;
    for (size_t i = 0; i < values.size(); i++) { sum += values[below(values.size())]; }
    m.push_back(sum / double(values.size()));
  }
  // sort by putting the smallest of the rest in front
  for (size_t i = 0; i < m.size(); i++) {
    for (size_t j = i + 1; j < m.size(); j++) {
      if (m[j] < m[i]) {
        double swap = m[i];
        m[i] = m[j];
        m[j] = swap;
      }
    }
  }
  double places[2] = {(1 - level) / 2 * (times - 1), (1 + level) / 2 * (times - 1)};
  std::vector<double> ends;
  for (double place : places) {
    size_t k = size_t(std::floor(place));
    double rest = place - double(k);
    if (k + 1 < m.size()) {
      ends.push_back((1 - rest) * m[k] + rest * m[k + 1]);
    } else {
      ends.push_back(m[m.size() - 1]);
    }
  }
  return ends;
}
