// The confusion matrix: counts and what follows from them. How it prints is in confusion_text.cpp.
#include <cairn/metrics/classification.h>

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include <cairn/metrics/input.h>

namespace cairn {
using namespace metrics_detail;

ConfusionMatrix::ConfusionMatrix(int64_t classes, Scores scores) : classes_(classes), scores_(scores) {
  if (classes < 1 || classes > 4096) throw ConfigError(fmt::format("[confusion_matrix] {} classes; 1 to 4096 are possible", classes));
  for (int64_t c = 0; c < classes; c++) names_.push_back(std::to_string(c));
  counts_.assign(size_t(classes * classes), 0);
}

ConfusionMatrix::ConfusionMatrix(std::vector<std::string> names, Scores scores) : ConfusionMatrix(int64_t(names.size()), scores) {
  names_ = std::move(names);
}

void ConfusionMatrix::update(const Tensor& prediction, const Tensor& target) {
  Input in = read_input(name(), prediction, target, Accepts::scores_or_labels, classes_);
  for (int64_t i = 0; i < in.n; i++) counts_[size_t(in.target[size_t(i)] * classes_ + in.decide(i, scores_))]++;
  examples_ += in.n;
}

void ConfusionMatrix::merge(const Metric& other) {
  const ConfusionMatrix& o = same_kind(*this, other);
  if (o.classes_ != classes_ || o.scores_ != scores_ || o.names_ != names_)
    throw StateError(fmt::format("[confusion_matrix] cannot merge {} classes with {} others", classes_, o.classes_));
  for (size_t i = 0; i < counts_.size(); i++) counts_[i] += o.counts_[i];
  examples_ += o.examples_;
}

void ConfusionMatrix::reset() {
  std::fill(counts_.begin(), counts_.end(), 0);
  examples_ = 0;
}

double ConfusionMatrix::value() const {
  if (examples_ == 0) return std::numeric_limits<double>::quiet_NaN();
  int64_t correct = 0;
  for (int64_t c = 0; c < classes_; c++) correct += counts_[size_t(c * classes_ + c)];
  return double(correct) / double(examples_);
}

State ConfusionMatrix::state() const { return {{{"counts", counts()}}, Json::object()}; }

void ConfusionMatrix::load_state(const State& state) {
  auto found = state.tensors.find("counts");
  if (found == state.tensors.end()) throw StateError("[confusion_matrix] this state belongs to something else: 'counts' is missing");
  const Tensor& t = found->second;
  if (t.dtype() != i64 || t.shape() != Shape{classes_, classes_})
    throw StateError(fmt::format("[confusion_matrix] this state has counts {} of {}, expected {} of i64", t.shape().str(), name_of(t.dtype()),
                                 Shape{classes_, classes_}.str()));
  std::vector<int64_t> read = t.to_vector<int64_t>();
  int64_t examples = 0;
  for (int64_t n : read) {
    if (n < 0) throw StateError("[confusion_matrix] a state with a negative count");
    examples += n;
  }
  counts_ = std::move(read);
  examples_ = examples;
}

int64_t ConfusionMatrix::count(int64_t truth, int64_t predicted) const {
  for (int64_t c : {truth, predicted})
    if (c < 0 || c >= classes_) throw IndexError(fmt::format("[confusion_matrix] there is no class {} among {}", c, classes_));
  return counts_[size_t(truth * classes_ + predicted)];
}

Tensor ConfusionMatrix::counts() const { return from_span(std::span<const int64_t>(counts_), {classes_, classes_}); }

ClassScore ConfusionMatrix::of(int64_t label) const {
  ClassScore s;
  s.hit = count(label, label);
  for (int64_t c = 0; c < classes_; c++) {
    s.actual += count(label, c);
    s.predicted += count(c, label);
  }
  return s;
}

std::vector<ConfusionMatrix::Confusion> ConfusionMatrix::most_confused(size_t limit) const {
  std::vector<Confusion> all;
  for (int64_t t = 0; t < classes_; t++)
    for (int64_t p = 0; p < classes_; p++)
      if (t != p && count(t, p) > 0) all.push_back({t, p, count(t, p)});
  std::stable_sort(all.begin(), all.end(), [](const Confusion& a, const Confusion& b) { return a.count > b.count; });
  if (all.size() > limit) all.resize(limit);
  return all;
}

}  // namespace cairn
