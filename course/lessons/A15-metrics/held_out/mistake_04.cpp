// slip: precision is computed with whole numbers, so it is 0 or 1
// shows: truth (0, 1), predicted (0, 0), classes 2: precision of class 0 is 0 instead of 0.5, so the mean is 0 instead of 0.25
// named: mutants/integer_division.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  double sum_p = 0;
  double sum_r = 0;
  double sum_f = 0;
  int seen = 0;
  for (int c = 0; c < classes; c++) {
    int hits = 0;
    int called = 0;
    int are = 0;
    for (size_t i = 0; i < truth.size(); i++) {
      if (predicted[i] == c) called++;
      if (truth[i] == c) are++;
      if (predicted[i] == c && truth[i] == c) hits++;
    }
    if (called == 0 && are == 0) { continue; }
    seen++;
    if (called > 0) sum_p += hits / called;
    if (are > 0) sum_r += double(hits) / are;
    sum_f += 2.0 * hits / (called + are);
  }
  if (seen == 0) { return {0, 0, 0}; }
  return {sum_p / seen, sum_r / seen, sum_f / seen};
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
