// Are the probabilities good, not only the decisions? Log loss, calibration error.
// Predictions: floating [n, C], or [n] or [n, 1] for two classes: logits, or with Scores::probabilities numbers in [0, 1].
// NumericError for NaN, infinite logits and numbers that are no probabilities.
#pragma once

#include <cstdint>
#include <vector>

#include <cairn/metrics/metric.h>

namespace cairn {

// Mean of -log p(target). Probabilities are first kept within [e, 1 - e], e = 2^-52 for f64 and 2^-23 for other types, so that one
// certain mistake does not make everything infinite; logits need no such limit.
class LogLoss : public Metric {
 public:
  explicit LogLoss(Scores scores = Scores::logits) : scores_(scores) {}
  const char* name() const override { return "log_loss"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  double value() const override;
  int64_t examples() const override { return examples_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  Scores scores_;
  ExactSum sum_;
  int64_t examples_ = 0;
};

// Expected calibration error: sum over bins b of |b| / n * |accuracy(b) - confidence(b)|, the confidence being the largest probability,
// bins of equal width (low, high]. Guo, Pleiss, Sun, Weinberger 2017.
class CalibrationError : public Metric {
 public:
  explicit CalibrationError(int bins = 15, Scores scores = Scores::logits);  // ConfigError unless 1 <= bins <= 10000
  const char* name() const override { return "calibration_error"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  double value() const override;
  double largest() const;  // the worst bin's |accuracy - confidence|
  int64_t examples() const override;
  State state() const override;
  void load_state(const State& state) override;

  struct Bin {
    double low, high;
    int64_t count;
    double confidence, accuracy;  // means; NaN in an empty bin
  };
  std::vector<Bin> bins() const;  // a reliability diagram

 private:
  Scores scores_;
  std::vector<int64_t> count_, correct_;
  std::vector<ExactSum> confidence_;
};

}  // namespace cairn
