// RMSE, MAE and R2.
#include <cairn/metrics/regression.h>

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <cairn/metrics/input.h>

namespace cairn {
using namespace metrics_detail;

// ---- root mean squared error

void RMSE::update(const Tensor& prediction, const Tensor& target) {
  std::vector<double> p, t;
  read_values(name(), prediction, target, p, t);
  for (size_t i = 0; i < p.size(); i++) squares_.add((p[i] - t[i]) * (p[i] - t[i]));
  numbers_ += int64_t(p.size());
  examples_ += prediction.size(0);
}

void RMSE::merge(const Metric& other) {
  const RMSE& o = same_kind(*this, other);
  squares_.add(o.squares_);
  numbers_ += o.numbers_;
  examples_ += o.examples_;
}

void RMSE::reset() { *this = {}; }

double RMSE::value() const { return numbers_ ? std::sqrt(squares_.value() / double(numbers_)) : undefined; }

State RMSE::state() const { return {{}, Json::object({{"squares", json_of(squares_)}, {"numbers", numbers_}, {"examples", examples_}})}; }

void RMSE::load_state(const State& state) {
  ExactSum squares = read_sum(*this, state, "squares");
  int64_t numbers = read_count(*this, state, "numbers"), examples = read_count(*this, state, "examples");
  squares_ = squares;
  numbers_ = numbers;
  examples_ = examples;
}

// ---- mean absolute error

void MAE::update(const Tensor& prediction, const Tensor& target) {
  std::vector<double> p, t;
  read_values(name(), prediction, target, p, t);
  for (size_t i = 0; i < p.size(); i++) sum_.add(std::abs(p[i] - t[i]));
  numbers_ += int64_t(p.size());
  examples_ += prediction.size(0);
}

void MAE::merge(const Metric& other) {
  const MAE& o = same_kind(*this, other);
  sum_.add(o.sum_);
  numbers_ += o.numbers_;
  examples_ += o.examples_;
}

void MAE::reset() { *this = {}; }

double MAE::value() const { return numbers_ ? sum_.value() / double(numbers_) : undefined; }

State MAE::state() const { return {{}, Json::object({{"sum", json_of(sum_)}, {"numbers", numbers_}, {"examples", examples_}})}; }

void MAE::load_state(const State& state) {
  ExactSum sum = read_sum(*this, state, "sum");
  int64_t numbers = read_count(*this, state, "numbers"), examples = read_count(*this, state, "examples");
  sum_ = sum;
  numbers_ = numbers;
  examples_ = examples;
}

// ---- R2

void R2::update(const Tensor& prediction, const Tensor& target) {
  std::vector<double> p, t;
  size_t k = size_t(read_values(name(), prediction, target, p, t));
  if (p.empty()) return;
  if (examples_ == 0) outputs_.assign(k, {});
  if (outputs_.size() != k)
    throw ShapeError(fmt::format("[r2] {} outputs before, now {} (prediction {})", outputs_.size(), k, prediction.shape().str()));
  for (size_t i = 0; i < p.size(); i += k) {
    examples_++;
    for (size_t j = 0; j < k; j++) {
      Output& o = outputs_[j];
      double error = p[i + j] - t[i + j], before = o.mean.distance_to(t[i + j]);
      o.residual.add(error * error);
      o.mean.add(before / double(examples_));
      o.around_mean.add(before * o.mean.distance_to(t[i + j]));
    }
  }
}

void R2::merge(const Metric& other) {
  const R2& o = same_kind(*this, other);
  if (o.examples_ == 0) return;
  if (examples_ == 0) {
    *this = o;
    return;
  }
  if (o.outputs_.size() != outputs_.size()) throw StateError(fmt::format("[r2] cannot merge {} outputs with {}", outputs_.size(), o.outputs_.size()));
  double a = double(examples_), b = double(o.examples_), n = a + b;
  for (size_t j = 0; j < outputs_.size(); j++) {
    Output mine = outputs_[j], theirs = o.outputs_[j];
    double distance = mine.mean.distance_to(theirs.mean.sum()) + theirs.mean.lost();
    outputs_[j].residual.add(theirs.residual);
    outputs_[j].mean.add(distance * b / n);
    outputs_[j].around_mean.add(theirs.around_mean);
    outputs_[j].around_mean.add(distance * distance * a * b / n);
  }
  examples_ += o.examples_;
}

void R2::reset() { *this = {}; }

double R2::value() const {
  if (examples_ < 2) return undefined;
  double sum = 0;
  for (const Output& o : outputs_) {
    double residual = o.residual.value(), spread = o.around_mean.value();
    sum += spread > 0 ? 1 - residual / spread : residual > 0 ? 0.0 : 1.0;
  }
  return sum / double(outputs_.size());
}

State R2::state() const {
  std::vector<ExactSum> sums;  // three an output
  for (const Output& o : outputs_) sums.insert(sums.end(), {o.residual, o.mean, o.around_mean});
  return {{}, Json::object({{"outputs", json_of(sums)}, {"examples", examples_}})};
}

void R2::load_state(const State& state) {
  auto sums = read_sums(*this, state, "outputs", -1);
  int64_t examples = read_count(*this, state, "examples");
  if (sums.size() % 3 || (sums.empty() && examples)) throw StateError("[r2] this state belongs to something else: 'outputs' is cut short");
  outputs_.clear();
  for (size_t i = 0; i < sums.size(); i += 3) outputs_.push_back({sums[i], sums[i + 1], sums[i + 2]});
  examples_ = examples;
}

}  // namespace cairn
