// How well a score ranks class 1 above class 0, whatever the threshold: ROC curve and the area under it, average precision.
// Predictions: floating [n], [n, 1] (the score of class 1) or [n, 2]. Targets: labels 0 and 1. Exact, equal scores included; that needs
// every score, so these metrics keep 9 bytes an example.
#pragma once

#include <cstdint>
#include <vector>

#include <cairn/metrics/metric.h>

namespace cairn {

// Scores with their labels, which both metrics count.
class ScoredLabels : public Metric {
 public:
  explicit ScoredLabels(Scores scores) : scores_(scores) {}
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  int64_t examples() const override { return int64_t(score_.size()); }
  State state() const override;
  void load_state(const State& state) override;

 protected:
  // How many examples of class 1 and of class 0 have a score of at least `threshold`, for each score that occurs, largest first.
  struct Level {
    double threshold;
    int64_t ones, zeros;
  };
  std::vector<Level> levels() const;

 private:
  Scores scores_;  // of [n, 2]: logits rank by their difference, probabilities by the second
  std::vector<double> score_;
  std::vector<uint8_t> label_;
};

// value() is the area under the curve: the chance that a random example of class 1 scores higher than one of class 0, ties counting half.
// NaN without examples of both classes. Fawcett 2006.
class RocCurve : public ScoredLabels {
 public:
  explicit RocCurve(Scores scores = Scores::logits) : ScoredLabels(scores) {}
  const char* name() const override { return "roc_curve"; }
  double value() const override { return auc(); }
  double auc() const;

  // From (0, 0) at threshold infinity to (1, 1); one point a distinct score. Empty without examples of both classes.
  struct Point {
    double threshold, false_positive_rate, true_positive_rate;
  };
  std::vector<Point> curve() const;
};

// value() is the sum over thresholds of (recall_k - recall_{k-1}) * precision_k; nothing is interpolated. NaN without an example of class 1.
class AveragePrecision : public ScoredLabels {
 public:
  explicit AveragePrecision(Scores scores = Scores::logits) : ScoredLabels(scores) {}
  const char* name() const override { return "average_precision"; }
  double value() const override;

  // One point a distinct score, largest first, so that recall grows. Empty without an example of class 1.
  struct Point {
    double threshold, recall, precision;
  };
  std::vector<Point> curve() const;
};

}  // namespace cairn
