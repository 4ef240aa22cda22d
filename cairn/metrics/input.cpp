// Checked reading of predictions and targets, and of saved states.
#include <cairn/metrics/input.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace cairn::metrics_detail {
namespace {

std::string shapes(const Tensor& prediction, const Tensor& target) {
  return fmt::format("(prediction {}, target {})", prediction.shape().str(), target.shape().str());
}

bool is_column(const Shape& s) { return s.rank() == 1 || (s.rank() == 2 && s[1] == 1); }

void check_defined(const char* op, const Tensor& prediction, const Tensor& target) {
  if (!prediction.defined() || !target.defined())
    throw StateError(fmt::format("[{}] the {} is a tensor without values", op, prediction.defined() ? "target" : "prediction"));
}

void check_labels(const char* op, const std::vector<int64_t>& labels, const char* what, int64_t classes, const std::string& where) {
  for (size_t i = 0; i < labels.size(); i++) {
    if (labels[i] >= 0 && (classes == 0 || labels[i] < classes)) continue;
    std::string range = classes ? fmt::format("outside the {} classes", classes) : "negative";
    throw IndexError(fmt::format("[{}] {} {} is label {}, {} {}. Hint: labels count from 0{}", op, what, i, labels[i], range, where,
                                 classes ? fmt::format(" to {}", classes - 1) : ""));
  }
}

void check_no_nan(const char* op, const std::vector<double>& values, int64_t columns, const char* what) {
  for (size_t i = 0; i < values.size(); i++)
    if (std::isnan(values[i]))
      throw NumericError(fmt::format("[{}] the {} of example {} is NaN. Hint: anomaly mode names the op where the first NaN arose", op, what,
                                     int64_t(i) / std::max<int64_t>(columns, 1)));
}

[[noreturn]] void wrong_state(const Metric& self, const char* key, const std::string& why) {
  throw StateError(fmt::format("[{}] this state belongs to something else: '{}' {}", self.name(), key, why));
}

ExactSum sum_of(const Metric& self, const char* key, const Json& j) {
  if (!j.is_array() || j.size() != 2 || !j.as_array()[0].is_number() || !j.as_array()[1].is_number()) wrong_state(self, key, "is no sum");
  return {j.as_array()[0].as_double(), j.as_array()[1].as_double()};
}

}  // namespace

int64_t Input::decide(int64_t i, Scores kind) const {
  if (columns == 0) return predicted[size_t(i)];
  const double* s = row(i);
  if (columns == 1) return s[0] > (kind == Scores::logits ? 0.0 : 0.5) ? 1 : 0;
  return std::max_element(s, s + columns) - s;
}

Input read_input(const char* op, const Tensor& prediction, const Tensor& target, Accepts accepts, int64_t classes) {
  check_defined(op, prediction, target);
  std::string where = shapes(prediction, target);
  const Shape &p = prediction.shape(), &t = target.shape();
  if (p.rank() != 1 && p.rank() != 2)
    throw ShapeError(fmt::format("[{}] a prediction has the shape [n, classes], or [n] for two classes {}", op, where));
  if (!is_column(t))
    throw ShapeError(fmt::format("[{}] targets are labels of the shape [n] {}{}", op, where,
                                 t.rank() == 2 ? ". Hint: target.argmax(1) makes labels of one-hot rows" : ""));
  if (p[0] != t[0]) throw ShapeError(fmt::format("[{}] {} predictions but {} targets {}", op, p[0], t[0], where));
  if (is_floating(target.dtype()))
    throw DtypeError(fmt::format("[{}] targets are labels (i64 or i32), these are {} {}. Hint: target.to(i64)", op, name_of(target.dtype()), where));

  Input in;
  in.n = p[0];
  in.target = target.to_vector<int64_t>();
  if (!is_floating(prediction.dtype())) {
    if (accepts != Accepts::scores_or_labels || !is_column(p))
      throw DtypeError(fmt::format("[{}] scores are floating numbers, these are {} {}{}", op, name_of(prediction.dtype()), where,
                                   accepts == Accepts::scores_or_labels ? ". Hint: predicted labels have the shape [n]" : ""));
    in.predicted = prediction.to_vector<int64_t>();
    check_labels(op, in.predicted, "prediction", classes, where);
    check_labels(op, in.target, "target", classes, where);
    return in;
  }
  in.columns = p.rank() == 1 ? 1 : p[1];
  int64_t width = in.columns == 1 ? 2 : in.columns;
  if (in.columns == 0) throw ShapeError(fmt::format("[{}] the prediction has no classes {}", op, where));
  if (accepts == Accepts::binary_scores && width != 2)
    throw ShapeError(
        fmt::format("[{}] is for two classes; scores have the shape [n], [n, 1] or [n, 2] {}. Hint: for one class against the rest take its column, "
                    "and target == class",
                    op, where));
  if (classes && width != classes) throw ShapeError(fmt::format("[{}] was made for {} classes, the prediction has {} {}", op, classes, width, where));
  check_labels(op, in.target, "target", width, where);
  in.scores = prediction.to_vector<double>();
  check_no_nan(op, in.scores, in.columns, "prediction");
  return in;
}

int64_t read_values(const char* op, const Tensor& prediction, const Tensor& target, std::vector<double>& p, std::vector<double>& t) {
  check_defined(op, prediction, target);
  std::string where = shapes(prediction, target);
  const Shape &a = prediction.shape(), &b = target.shape();
  bool both_columns = is_column(a) && is_column(b) && a[0] == b[0];
  if (a.rank() < 1 || a.rank() > 2 || !(a == b || both_columns))
    throw ShapeError(fmt::format("[{}] prediction and target have one shape, [n] or [n, outputs] {}", op, where));
  if (!is_floating(prediction.dtype()))
    throw DtypeError(fmt::format("[{}] predictions are floating numbers, these are {} {}", op, name_of(prediction.dtype()), where));
  p = prediction.to_vector<double>();
  t = target.to_vector<double>();
  int64_t k = a.rank() == 1 ? 1 : a[1];
  for (const auto* values : {&p, &t})
    for (size_t i = 0; i < values->size(); i++)
      if (!std::isfinite((*values)[i]))
        throw NumericError(fmt::format("[{}] the {} of example {} is {}", op, values == &p ? "prediction" : "target",
                                       int64_t(i) / std::max<int64_t>(k, 1), (*values)[i]));
  return k;
}

std::vector<double> probabilities(const Input& in, int64_t i, Scores kind) {
  const double* s = in.row(i);
  if (in.columns == 1) {
    double p = kind == Scores::logits ? 1 / (1 + std::exp(-s[0])) : s[0];
    return {1 - p, p};
  }
  std::vector<double> p(s, s + in.columns);
  if (kind == Scores::probabilities) return p;
  double largest = *std::max_element(p.begin(), p.end()), sum = 0;
  for (double& x : p) sum += x = std::exp(x - largest);
  for (double& x : p) x /= sum;
  return p;
}

void check_probabilities(const char* op, const Input& in, Scores kind) {
  for (size_t i = 0; i < in.scores.size(); i++) {
    double x = in.scores[i];
    int64_t example = int64_t(i) / in.columns;
    if (kind == Scores::logits && !std::isfinite(x)) throw NumericError(fmt::format("[{}] a logit of example {} is {}", op, example, x));
    if (kind == Scores::probabilities && !(x >= 0 && x <= 1))
      throw NumericError(fmt::format("[{}] {} in example {} is no probability. Hint: for a model's raw outputs, Scores::logits", op, x, example));
  }
}

int64_t read_count(const Metric& self, const State& state, const char* key) {
  const Json* j = state.values.find(key);
  if (!j) wrong_state(self, key, "is missing");
  if (!j->is_int() || j->as_int() < 0) wrong_state(self, key, "is no count");
  return j->as_int();
}

double read_number(const Metric& self, const State& state, const char* key) {
  const Json* j = state.values.find(key);
  if (!j) wrong_state(self, key, "is missing");
  if (!j->is_number()) wrong_state(self, key, "is no number");
  return j->as_double();
}

ExactSum read_sum(const Metric& self, const State& state, const char* key) {
  const Json* j = state.values.find(key);
  if (!j) wrong_state(self, key, "is missing");
  return sum_of(self, key, *j);
}

std::vector<ExactSum> read_sums(const Metric& self, const State& state, const char* key, int64_t length) {
  const Json* j = state.values.find(key);
  if (!j) wrong_state(self, key, "is missing");
  if (!j->is_array()) wrong_state(self, key, "is no list of sums");
  std::vector<ExactSum> out;
  for (const Json& v : j->as_array()) out.push_back(sum_of(self, key, v));
  if (length >= 0 && int64_t(out.size()) != length) wrong_state(self, key, fmt::format("has {} entries, expected {}", out.size(), length));
  return out;
}

std::vector<int64_t> read_counts(const Metric& self, const State& state, const char* key, int64_t length) {
  const Json* j = state.values.find(key);
  if (!j) wrong_state(self, key, "is missing");
  if (!j->is_array()) wrong_state(self, key, "is no list of counts");
  std::vector<int64_t> out;
  for (const Json& v : j->as_array()) {
    if (!v.is_int() || v.as_int() < 0) wrong_state(self, key, "is no list of counts");
    out.push_back(v.as_int());
  }
  if (length >= 0 && int64_t(out.size()) != length) wrong_state(self, key, fmt::format("has {} entries, expected {}", out.size(), length));
  return out;
}

Json json_of(const ExactSum& sum) {
  Json j = Json::array();
  j.push_back(sum.sum());
  j.push_back(sum.lost());
  return j;
}

Json json_of(const std::vector<ExactSum>& sums) {
  Json j = Json::array();
  for (const ExactSum& s : sums) j.push_back(json_of(s));
  return j;
}

Json json_of(const std::vector<int64_t>& counts) {
  Json j = Json::array();
  for (int64_t c : counts) j.push_back(c);
  return j;
}

}  // namespace cairn::metrics_detail
