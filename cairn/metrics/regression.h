// How far predicted numbers are from the true ones: root mean squared error, mean absolute error, R2.
// Predictions: floating [n], [n, 1] or [n, outputs]; targets of the same shape ([n] goes with [n, 1]). NaN and infinity are NumericErrors.
#pragma once

#include <cstdint>
#include <vector>

#include <cairn/metrics/metric.h>

namespace cairn {

// sqrt(mean((prediction - target)^2)) over all numbers, in the unit of the target.
class RMSE : public Metric {
 public:
  const char* name() const override { return "rmse"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  double value() const override;
  int64_t examples() const override { return examples_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  ExactSum squares_;
  int64_t numbers_ = 0, examples_ = 0;
};

// mean(|prediction - target|) over all numbers.
class MAE : public Metric {
 public:
  const char* name() const override { return "mae"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  double value() const override;
  int64_t examples() const override { return examples_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  ExactSum sum_;
  int64_t numbers_ = 0, examples_ = 0;
};

// Share of the target's variance that the prediction explains: 1 - sum((prediction - target)^2) / sum((target - mean)^2), for each output,
// then their mean. 1 is perfect, 0 as good as always saying the mean, below 0 worse. A constant target: 1 when met exactly, else 0.
// NaN below two examples. The sum around the mean is Welford's (1962), merged as Chan, Golub, LeVeque (1983).
class R2 : public Metric {
 public:
  const char* name() const override { return "r2"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  double value() const override;
  int64_t examples() const override { return examples_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  struct Output {
    ExactSum residual;           // sum of squared errors
    ExactSum mean, around_mean;  // of the target: mean, sum of squared distances from it
  };
  std::vector<Output> outputs_;  // none before the first batch
  int64_t examples_ = 0;
};

}  // namespace cairn
