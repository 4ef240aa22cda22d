// ROC curve, the area under it, average precision: all from the sorted scores.
#include <cairn/metrics/ranking.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <typeinfo>

#include <fmt/format.h>

#include <cairn/metrics/input.h>

namespace cairn {
using namespace metrics_detail;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
}

void ScoredLabels::update(const Tensor& prediction, const Tensor& target) {
  Input in = read_input(name(), prediction, target, Accepts::binary_scores);
  for (double s : in.scores)
    if (std::isinf(s)) throw NumericError(fmt::format("[{}] a score is infinite", name()));
  for (int64_t i = 0; i < in.n; i++) {
    const double* s = in.row(i);
    score_.push_back(in.columns == 1 ? s[0] : scores_ == Scores::logits ? s[1] - s[0] : s[1]);
    label_.push_back(uint8_t(in.target[size_t(i)]));
  }
}

void ScoredLabels::merge(const Metric& other) {
  const ScoredLabels& o = same_kind(*this, other);
  if (typeid(o) != typeid(*this)) throw StateError(fmt::format("[{}] cannot take over what {} has counted", name(), other.name()));
  if (o.scores_ != scores_) throw StateError(fmt::format("[{}] cannot merge one of logits with one of probabilities", name()));
  auto scores = o.score_;  // copies: a metric may be merged with itself
  auto labels = o.label_;
  score_.insert(score_.end(), scores.begin(), scores.end());
  label_.insert(label_.end(), labels.begin(), labels.end());
}

void ScoredLabels::reset() {
  score_.clear();
  label_.clear();
}

State ScoredLabels::state() const {
  return {
      {{"scores", from_span(std::span<const double>(score_), {examples()})}, {"labels", from_span(std::span<const uint8_t>(label_), {examples()})}},
      Json::object()};
}

void ScoredLabels::load_state(const State& state) {
  auto scores = state.tensors.find("scores"), labels = state.tensors.find("labels");
  if (scores == state.tensors.end() || labels == state.tensors.end())
    throw StateError(fmt::format("[{}] this state belongs to something else: 'scores' or 'labels' is missing", name()));
  const Tensor &s = scores->second, &l = labels->second;
  if (s.dtype() != f64 || l.dtype() != u8 || s.rank() != 1 || s.shape() != l.shape())
    throw StateError(fmt::format("[{}] this state belongs to something else: scores {}, labels {}", name(), s.shape().str(), l.shape().str()));
  auto score = s.to_vector<double>();
  auto label = l.to_vector<uint8_t>();
  for (double x : score)
    if (!std::isfinite(x)) throw StateError(fmt::format("[{}] a state with a score that is no finite number", name()));
  for (uint8_t x : label)
    if (x > 1) throw StateError(fmt::format("[{}] a state with a label that is neither 0 nor 1", name()));
  score_ = std::move(score);
  label_ = std::move(label);
}

std::vector<ScoredLabels::Level> ScoredLabels::levels() const {
  std::vector<size_t> order(score_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return score_[a] > score_[b]; });
  std::vector<Level> out;
  int64_t ones = 0, zeros = 0;
  for (size_t i = 0; i < order.size(); i++) {
    (label_[order[i]] ? ones : zeros)++;
    if (i + 1 == order.size() || score_[order[i + 1]] != score_[order[i]]) out.push_back({score_[order[i]], ones, zeros});
  }
  return out;
}

// Trapezoids in whole numbers: twice the area is sum of (ones before + ones after) * new zeros, over ones * zeros.
double RocCurve::auc() const {
  auto all = levels();
  if (all.empty() || all.back().ones == 0 || all.back().zeros == 0) return undefined;
  unsigned __int128 twice = 0;
  int64_t ones = 0, zeros = 0;
  for (const Level& l : all) {
    twice += static_cast<unsigned __int128>(ones + l.ones) * static_cast<unsigned __int128>(l.zeros - zeros);
    ones = l.ones;
    zeros = l.zeros;
  }
  return double(twice) / (2.0 * double(ones) * double(zeros));
}

std::vector<RocCurve::Point> RocCurve::curve() const {
  auto all = levels();
  if (all.empty() || all.back().ones == 0 || all.back().zeros == 0) return {};
  std::vector<Point> out = {{infinity, 0, 0}};
  for (const Level& l : all) out.push_back({l.threshold, double(l.zeros) / double(all.back().zeros), double(l.ones) / double(all.back().ones)});
  return out;
}

double AveragePrecision::value() const {
  auto points = curve();
  if (points.empty()) return undefined;
  ExactSum sum;
  double recall = 0;
  for (const Point& p : points) {
    sum.add((p.recall - recall) * p.precision);
    recall = p.recall;
  }
  return sum.value();
}

std::vector<AveragePrecision::Point> AveragePrecision::curve() const {
  auto all = levels();
  if (all.empty() || all.back().ones == 0) return {};
  std::vector<Point> out;
  for (const Level& l : all) out.push_back({l.threshold, double(l.ones) / double(all.back().ones), double(l.ones) / double(l.ones + l.zeros)});
  return out;
}

}  // namespace cairn
