// Accuracy, top-k accuracy, precision, recall and F1.
#include <cairn/metrics/classification.h>

#include <limits>

#include <fmt/format.h>

#include <cairn/metrics/input.h>

namespace cairn {
using namespace metrics_detail;

namespace {
double share(int64_t part, int64_t whole) { return whole ? double(part) / double(whole) : undefined; }
}  // namespace

// ---- accuracy

void Accuracy::update(const Tensor& prediction, const Tensor& target) {
  Input in = read_input(name(), prediction, target, Accepts::scores_or_labels);
  for (int64_t i = 0; i < in.n; i++) correct_ += in.decide(i, scores_) == in.target[size_t(i)];
  examples_ += in.n;
}

void Accuracy::merge(const Metric& other) {
  const Accuracy& o = same_kind(*this, other);
  if (o.scores_ != scores_) throw StateError("[accuracy] cannot merge one of logits with one of probabilities");
  correct_ += o.correct_;
  examples_ += o.examples_;
}

double Accuracy::value() const { return share(correct_, examples_); }

State Accuracy::state() const { return {{}, Json::object({{"correct", correct_}, {"examples", examples_}})}; }

void Accuracy::load_state(const State& state) {
  int64_t correct = read_count(*this, state, "correct"), examples = read_count(*this, state, "examples");
  if (correct > examples) throw StateError("[accuracy] a state with more correct examples than examples");
  correct_ = correct;
  examples_ = examples;
}

// ---- top-k

TopK::TopK(int64_t k) : k_(k) {
  if (k < 1) throw ConfigError(fmt::format("[top_k] k is {}; it must be at least 1", k));
}

void TopK::update(const Tensor& prediction, const Tensor& target) {
  Input in = read_input(name(), prediction, target, Accepts::scores);
  if (in.columns == 1) throw ShapeError(fmt::format("[top_k] needs a score for every class, [n, classes] (prediction {})", prediction.shape().str()));
  for (int64_t i = 0; i < in.n; i++) {
    const double* s = in.row(i);
    int64_t t = in.target[size_t(i)], before = 0;
    for (int64_t c = 0; c < in.columns; c++) before += s[c] > s[t] || (s[c] == s[t] && c < t);
    correct_ += before < k_;
  }
  examples_ += in.n;
}

void TopK::merge(const Metric& other) {
  const TopK& o = same_kind(*this, other);
  if (o.k_ != k_) throw StateError(fmt::format("[top_k] cannot merge the best {} with the best {}", k_, o.k_));
  correct_ += o.correct_;
  examples_ += o.examples_;
}

double TopK::value() const { return share(correct_, examples_); }

State TopK::state() const { return {{}, Json::object({{"k", k_}, {"correct", correct_}, {"examples", examples_}})}; }

void TopK::load_state(const State& state) {
  int64_t k = read_count(*this, state, "k"), correct = read_count(*this, state, "correct"), examples = read_count(*this, state, "examples");
  if (k != k_) throw StateError(fmt::format("[top_k] this state counts the best {}, not {}", k, k_));
  if (correct > examples) throw StateError("[top_k] a state with more correct examples than examples");
  correct_ = correct;
  examples_ = examples;
}

// ---- precision, recall, F1

PrecisionRecallF1::PrecisionRecallF1(Average average, int64_t classes, Scores scores) : average_(average), scores_(scores) {
  if (classes < 1) throw ConfigError(fmt::format("[precision_recall_f1] {} classes; there must be at least one", classes));
  if (average == Average::binary && classes != 2)
    throw ConfigError(fmt::format("[precision_recall_f1] Average::binary is for 2 classes, not {}. Hint: macro, micro or weighted", classes));
  classes_.resize(size_t(classes));
}

void PrecisionRecallF1::update(const Tensor& prediction, const Tensor& target) {
  Input in = read_input(name(), prediction, target, Accepts::scores_or_labels, int64_t(classes_.size()));
  for (int64_t i = 0; i < in.n; i++) {
    size_t p = size_t(in.decide(i, scores_)), t = size_t(in.target[size_t(i)]);
    classes_[p].predicted++;
    classes_[t].actual++;
    if (p == t) classes_[t].hit++;
  }
  examples_ += in.n;
}

void PrecisionRecallF1::merge(const Metric& other) {
  const PrecisionRecallF1& o = same_kind(*this, other);
  if (o.average_ != average_ || o.scores_ != scores_ || o.classes_.size() != classes_.size())
    throw StateError(fmt::format("[precision_recall_f1] cannot merge {} classes with {}, or another average", classes_.size(), o.classes_.size()));
  for (size_t c = 0; c < classes_.size(); c++) {
    classes_[c].hit += o.classes_[c].hit;
    classes_[c].predicted += o.classes_[c].predicted;
    classes_[c].actual += o.classes_[c].actual;
  }
  examples_ += o.examples_;
}

void PrecisionRecallF1::reset() {
  classes_.assign(classes_.size(), {});
  examples_ = 0;
}

double PrecisionRecallF1::average(double (ClassScore::*what)() const) const {
  if (examples_ == 0) return undefined;
  if (average_ == Average::binary) return (classes_[1].*what)();
  ClassScore pot;
  double sum = 0, weights = 0;
  for (const ClassScore& c : classes_) {
    pot.hit += c.hit;
    pot.predicted += c.predicted;
    pot.actual += c.actual;
    if (c.predicted + c.actual == 0) continue;
    double weight = average_ == Average::weighted ? double(c.actual) : 1;
    sum += weight * (c.*what)();
    weights += weight;
  }
  return average_ == Average::micro ? (pot.*what)() : sum / weights;
}

double PrecisionRecallF1::precision() const { return average(&ClassScore::precision); }
double PrecisionRecallF1::recall() const { return average(&ClassScore::recall); }
double PrecisionRecallF1::f1() const { return average(&ClassScore::f1); }

const ClassScore& PrecisionRecallF1::of(int64_t label) const {
  if (label < 0 || label >= int64_t(classes_.size()))
    throw IndexError(fmt::format("[precision_recall_f1] there is no class {} among {}", label, classes_.size()));
  return classes_[size_t(label)];
}

State PrecisionRecallF1::state() const {
  std::vector<int64_t> hit, predicted, actual;
  for (const ClassScore& c : classes_) {
    hit.push_back(c.hit);
    predicted.push_back(c.predicted);
    actual.push_back(c.actual);
  }
  return {{}, Json::object({{"hit", json_of(hit)}, {"predicted", json_of(predicted)}, {"actual", json_of(actual)}})};
}

void PrecisionRecallF1::load_state(const State& state) {
  int64_t n = int64_t(classes_.size()), predictions = 0, examples = 0;
  auto hit = read_counts(*this, state, "hit", n), predicted = read_counts(*this, state, "predicted", n),
       actual = read_counts(*this, state, "actual", n);
  std::vector<ClassScore> read;
  for (size_t c = 0; c < hit.size(); c++) {
    if (hit[c] > predicted[c] || hit[c] > actual[c]) throw StateError("[precision_recall_f1] a state with more hits than examples");
    read.push_back({hit[c], predicted[c], actual[c]});
    predictions += predicted[c];
    examples += actual[c];
  }
  if (predictions != examples) throw StateError("[precision_recall_f1] a state with other numbers of predictions and targets");
  classes_ = std::move(read);
  examples_ = examples;
}

}  // namespace cairn
