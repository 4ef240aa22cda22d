// A metric counts over batches and never keeps more than it needs: update() a batch at a time, merge() what another worker counted,
// value() at the end. Batches of any sizes, merged in any order, give the value of the whole.
//
//   Accuracy accuracy;
//   for (Batch b : loader) accuracy.update(model(b["x"]), b["y"]);
//   accuracy.value();
//
// Legend: n examples of a batch, C classes. Everything is computed in f64.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include <cairn/base/errors.h>
#include <cairn/tensor/stateful.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

class Metric : public Stateful {
 public:
  virtual const char* name() const = 0;  // "accuracy": how errors and logs call it
  // Counts a batch; n = 0 counts nothing. ShapeError, DtypeError, IndexError (a label outside the classes), NumericError (NaN) leave
  // everything as it was.
  virtual void update(const Tensor& prediction, const Tensor& target) = 0;
  // Adds what `other` has counted. StateError when it is another metric, or has other classes or options.
  virtual void merge(const Metric& other) = 0;
  virtual void reset() = 0;
  virtual double value() const = 0;      // NaN as long as it is not defined: no example yet, ...
  virtual int64_t examples() const = 0;  // counted since the start or reset()
};

// What the numbers of a prediction are. A model gives logits (any real number; softmax or sigmoid would make them probabilities).
// It decides where a single number means class 1: above 0, or above 0.5.
enum class Scores { logits, probabilities };

// A sum that keeps what rounding drops (Neumaier 1974): a million terms lose no more than one does.
class ExactSum {
 public:
  ExactSum() = default;
  ExactSum(double sum, double lost) : sum_(sum), lost_(lost) {}
  void add(double x) {
    double t = sum_ + x;
    if (std::isfinite(t)) lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - t) + x : (x - t) + sum_;
    sum_ = t;
  }
  void add(const ExactSum& other) {
    add(other.sum_);
    lost_ += other.lost_;
  }
  double value() const { return sum_ + lost_; }
  double distance_to(double x) const { return (x - sum_) - lost_; }  // x - value(), exact where both are large
  double sum() const { return sum_; }
  double lost() const { return lost_; }

 private:
  double sum_ = 0, lost_ = 0;
};

}  // namespace cairn
