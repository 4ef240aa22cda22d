// Log loss and calibration error.
#include <cairn/metrics/probability.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <cairn/metrics/input.h>

namespace cairn {
using namespace metrics_detail;

namespace {

// -log softmax(s)[t] = log sum_j exp(s_j - s_t), and log(1 + exp(-+ s)) for a single logit; nothing in it overflows.
double loss_of_logits(const double* s, int64_t columns, int64_t t) {
  if (columns == 1) {
    double x = t == 1 ? -s[0] : s[0];
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
  }
  double largest = *std::max_element(s, s + columns), sum = 0;
  for (int64_t c = 0; c < columns; c++) sum += std::exp(s[c] - largest);
  return std::log(sum) + (largest - s[t]);
}

}  // namespace

// ---- log loss

void LogLoss::update(const Tensor& prediction, const Tensor& target) {
  Input in = read_input(name(), prediction, target, Accepts::scores);
  check_probabilities(name(), in, scores_);
  double e = prediction.dtype() == f64 ? std::numeric_limits<double>::epsilon() : double(std::numeric_limits<float>::epsilon());
  for (int64_t i = 0; i < in.n; i++) {
    int64_t t = in.target[size_t(i)];
    if (scores_ == Scores::logits) sum_.add(loss_of_logits(in.row(i), in.columns, t));
    else sum_.add(-std::log(std::clamp(probabilities(in, i, scores_)[size_t(t)], e, 1 - e)));
  }
  examples_ += in.n;
}

void LogLoss::merge(const Metric& other) {
  const LogLoss& o = same_kind(*this, other);
  if (o.scores_ != scores_) throw StateError("[log_loss] cannot merge one of logits with one of probabilities");
  sum_.add(o.sum_);
  examples_ += o.examples_;
}

void LogLoss::reset() {
  sum_ = {};
  examples_ = 0;
}

double LogLoss::value() const { return examples_ ? sum_.value() / double(examples_) : undefined; }

State LogLoss::state() const { return {{}, Json::object({{"sum", json_of(sum_)}, {"examples", examples_}})}; }

void LogLoss::load_state(const State& state) {
  ExactSum sum = read_sum(*this, state, "sum");
  examples_ = read_count(*this, state, "examples");
  sum_ = sum;
}

// ---- calibration error

CalibrationError::CalibrationError(int bins, Scores scores) : scores_(scores) {
  if (bins < 1 || bins > 10000) throw ConfigError(fmt::format("[calibration_error] {} bins; 1 to 10000 are possible", bins));
  count_.resize(size_t(bins));
  correct_.resize(size_t(bins));
  confidence_.resize(size_t(bins));
}

void CalibrationError::update(const Tensor& prediction, const Tensor& target) {
  Input in = read_input(name(), prediction, target, Accepts::scores);
  check_probabilities(name(), in, scores_);
  const int64_t bins = int64_t(count_.size());
  for (int64_t i = 0; i < in.n; i++) {
    std::vector<double> p = probabilities(in, i, scores_);
    double confidence = *std::max_element(p.begin(), p.end());
    size_t b = size_t(std::clamp<int64_t>(int64_t(std::ceil(confidence * double(bins))) - 1, 0, bins - 1));
    count_[b]++;
    confidence_[b].add(confidence);
    correct_[b] += in.decide(i, scores_) == in.target[size_t(i)];
  }
}

void CalibrationError::merge(const Metric& other) {
  const CalibrationError& o = same_kind(*this, other);
  if (o.scores_ != scores_ || o.count_.size() != count_.size())
    throw StateError(fmt::format("[calibration_error] cannot merge {} bins with {}, or logits with probabilities", count_.size(), o.count_.size()));
  for (size_t b = 0; b < count_.size(); b++) {
    count_[b] += o.count_[b];
    correct_[b] += o.correct_[b];
    confidence_[b].add(o.confidence_[b]);
  }
}

void CalibrationError::reset() {
  size_t bins = count_.size();
  count_.assign(bins, 0);
  correct_.assign(bins, 0);
  confidence_.assign(bins, {});
}

int64_t CalibrationError::examples() const {
  int64_t n = 0;
  for (int64_t c : count_) n += c;
  return n;
}

std::vector<CalibrationError::Bin> CalibrationError::bins() const {
  std::vector<Bin> out;
  double n = double(count_.size());
  for (size_t b = 0; b < count_.size(); b++) {
    double k = double(count_[b]);
    out.push_back(
        {double(b) / n, double(b + 1) / n, count_[b], k > 0 ? confidence_[b].value() / k : undefined, k > 0 ? double(correct_[b]) / k : undefined});
  }
  return out;
}

double CalibrationError::value() const {
  if (examples() == 0) return undefined;
  ExactSum sum;
  for (size_t b = 0; b < count_.size(); b++) sum.add(std::abs(double(correct_[b]) - confidence_[b].value()));
  return sum.value() / double(examples());
}

double CalibrationError::largest() const {
  if (examples() == 0) return undefined;
  double worst = 0;
  for (const Bin& b : bins())
    if (b.count) worst = std::max(worst, std::abs(b.accuracy - b.confidence));
  return worst;
}

State CalibrationError::state() const {
  return {{}, Json::object({{"count", json_of(count_)}, {"correct", json_of(correct_)}, {"confidence", json_of(confidence_)}})};
}

void CalibrationError::load_state(const State& state) {
  int64_t bins = int64_t(count_.size());
  auto count = read_counts(*this, state, "count", bins), correct = read_counts(*this, state, "correct", bins);
  auto confidence = read_sums(*this, state, "confidence", bins);
  for (size_t b = 0; b < count.size(); b++)
    if (correct[b] > count[b]) throw StateError("[calibration_error] a state with more correct examples than examples");
  count_ = std::move(count);
  correct_ = std::move(correct);
  confidence_ = std::move(confidence);
}

}  // namespace cairn
