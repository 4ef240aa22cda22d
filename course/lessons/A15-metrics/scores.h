// What this lesson's figures and its demo share: scores of a small logistic model for the breast cancer table, and what is counted of them.
#pragma once
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <cairn/base/random.h>
#include <cairn/data/registry.h>

namespace cairn::course::a15 {

// Rows of `width` features; label 1 is a malignant tumour.
struct Table {
  size_t width = 0;
  std::vector<double> x;
  std::vector<int> label;
  size_t rows() const { return label.size(); }
};

// The first `width` columns of the table, its rows shuffled by the seed.
inline Table breast_cancer(size_t width, uint64_t seed) {
  const Labelled all = load_dataset("breast_cancer", "all");
  const std::vector<double> x = all.x.to_vector<double>();
  const std::vector<int64_t> y = all.y.to_vector<int64_t>();
  const size_t columns = size_t(all.x.size(1));
  std::vector<size_t> order(y.size());
  for (size_t i = 0; i < order.size(); i++) order[i] = i;
  Random random(seed);
  for (size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[random.below(i)]);
  Table t;
  t.width = std::min(width, columns);
  for (const size_t i : order) {
    for (size_t j = 0; j < t.width; j++) t.x.push_back(x[i * columns + j]);
    t.label.push_back(int(y[i]));
  }
  return t;
}

struct Scored {
  std::vector<double> score;  // the model's probability of label 1
  std::vector<int> label;
};

// Trains on the rows for which train(i) holds: standardised by them, logistic regression, descent from zero. Scores of the other rows.
template <class Train> Scored scores_of(const Table& t, Train train, int steps = 300) {
  const size_t d = t.width;
  std::vector<double> mean(d, 0.0), deviation(d, 0.0), x(t.x.size()), w(d + 1, 0.0);
  double count = 0;
  for (size_t i = 0; i < t.rows(); i++) count += train(i);
  for (size_t j = 0; j < d; j++) {
    for (size_t i = 0; i < t.rows(); i++)
      if (train(i)) mean[j] += t.x[i * d + j] / count;
    for (size_t i = 0; i < t.rows(); i++)
      if (train(i)) deviation[j] += std::pow(t.x[i * d + j] - mean[j], 2) / count;
    for (size_t i = 0; i < t.rows(); i++) x[i * d + j] = (t.x[i * d + j] - mean[j]) / std::sqrt(std::max(deviation[j], 1e-12));
  }
  const auto probability = [&](size_t i) {
    double z = w[d];
    for (size_t j = 0; j < d; j++) z += w[j] * x[i * d + j];
    return 1 / (1 + std::exp(-z));
  };
  for (int step = 0; step < steps; step++) {
    std::vector<double> gradient(d + 1, 0.0);
    for (size_t i = 0; i < t.rows(); i++) {
      if (!train(i)) continue;
      const double error = (probability(i) - t.label[i]) / count;
      for (size_t j = 0; j < d; j++) gradient[j] += error * x[i * d + j];
      gradient[d] += error;
    }
    for (size_t j = 0; j <= d; j++) w[j] -= 0.5 * gradient[j];
  }
  Scored s;
  for (size_t i = 0; i < t.rows(); i++)
    if (!train(i)) s.score.push_back(probability(i)), s.label.push_back(t.label[i]);
  return s;
}

// The four counts at a threshold: a score of at least that much is called malignant.
struct Counts {
  double hits = 0, false_alarms = 0, misses = 0, rejections = 0;
  double all() const { return hits + false_alarms + misses + rejections; }
  double accuracy() const { return all() > 0 ? (hits + rejections) / all() : 0; }
  double precision() const { return hits > 0 ? hits / (hits + false_alarms) : 0; }
  double recall() const { return hits > 0 ? hits / (hits + misses) : 0; }
  double false_alarm_rate() const { return false_alarms > 0 ? false_alarms / (false_alarms + rejections) : 0; }
  double f1() const { return hits > 0 ? 2 * hits / (2 * hits + false_alarms + misses) : 0; }
};
inline void count(Counts& c, double score, int label, double threshold) {
  if (score >= threshold) (label ? c.hits : c.false_alarms)++;
  else (label ? c.misses : c.rejections)++;
}
inline Counts counted(const Scored& s, double threshold) {
  Counts c;
  for (size_t i = 0; i < s.score.size(); i++) count(c, s.score[i], s.label[i], threshold);
  return c;
}

inline double area(const Scored& s) {
  double won = 0, pairs = 0;
  for (size_t i = 0; i < s.score.size(); i++)
    for (size_t j = 0; j < s.score.size(); j++)
      if (s.label[i] == 1 && s.label[j] == 0) pairs++, won += s.score[i] > s.score[j] ? 1 : s.score[i] == s.score[j] ? 0.5 : 0;
  return pairs > 0 ? won / pairs : 0.5;
}

inline double quantile(std::vector<double> v, double share) {
  std::sort(v.begin(), v.end());
  const double place = share * double(v.size() - 1);
  const size_t left = size_t(place), right = std::min(left + 1, v.size() - 1);
  return v[left] + (place - double(left)) * (v[right] - v[left]);
}

// The counts of `times` resamples of `n` examples each, drawn with replacement.
inline std::vector<Counts> resampled(const Scored& s, double threshold, int times, size_t n, uint64_t seed) {
  Random random(seed);
  std::vector<Counts> all;
  for (int t = 0; t < times; t++) {
    Counts c;
    for (size_t i = 0; i < n; i++) {
      const size_t k = random.below(s.score.size());
      count(c, s.score[k], s.label[k], threshold);
    }
    all.push_back(c);
  }
  return all;
}

template <class What> std::vector<double> each(const std::vector<Counts>& counts, What what) {
  std::vector<double> v;
  for (const Counts& c : counts) v.push_back((c.*what)());
  return v;
}

}  // namespace cairn::course::a15
