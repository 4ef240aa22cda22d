// What the metrics share inside this folder: reading a batch of predictions and targets with checks, and writing and reading states.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <cairn/metrics/metric.h>

namespace cairn::metrics_detail {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();  // of what no example has told anything yet

// One batch, checked. Example i has target[i] and either predicted[i], a label (columns 0), or `columns` scores at scores[i * columns].
struct Input {
  int64_t n = 0, columns = 0;
  std::vector<double> scores;
  std::vector<int64_t> predicted, target;
  const double* row(int64_t i) const { return scores.data() + i * columns; }
  // The class that the scores choose: the largest (the first of equals); of a single score class 1 above the threshold.
  int64_t decide(int64_t i, Scores kind) const;
};

enum class Accepts { scores_or_labels, scores, binary_scores };
// prediction: floating [n, C], or [n] or [n, 1] for two classes; labels i64 or i32 [n] where accepted. target: integers or bool [n] or [n, 1].
// `classes` 0: as many as the prediction has columns (two for a single one).
Input read_input(const char* op, const Tensor& prediction, const Tensor& target, Accepts accepts, int64_t classes = 0);
// Floating prediction and target of one shape, [n], [n, 1] or [n, k] (also [n] with [n, 1]): row-major values. Returns k.
int64_t read_values(const char* op, const Tensor& prediction, const Tensor& target, std::vector<double>& p, std::vector<double>& t);

// softmax (or sigmoid for one column) of row i in f64: the probabilities of all classes, two for a single column.
std::vector<double> probabilities(const Input& in, int64_t i, Scores kind);
// NumericError for infinite logits, or probabilities outside [0, 1].
void check_probabilities(const char* op, const Input& in, Scores kind);

// `other` as the same kind of metric; StateError when it is another.
template <class Self> const Self& same_kind(const Self& self, const Metric& other) {
  auto* same = dynamic_cast<const Self*>(&other);
  if (!same) throw StateError(std::string("[") + self.name() + "] cannot take over what " + other.name() + " has counted");
  return *same;
}

// The entry of a state; StateError naming the metric and the entry when it is missing or of another kind.
int64_t read_count(const Metric& self, const State& state, const char* key);
double read_number(const Metric& self, const State& state, const char* key);
ExactSum read_sum(const Metric& self, const State& state, const char* key);
std::vector<int64_t> read_counts(const Metric& self, const State& state, const char* key, int64_t length);  // -1: any
std::vector<ExactSum> read_sums(const Metric& self, const State& state, const char* key, int64_t length);   // -1: any
Json json_of(const ExactSum& sum);
Json json_of(const std::vector<ExactSum>& sums);
Json json_of(const std::vector<int64_t>& counts);

}  // namespace cairn::metrics_detail
