// How many classes were right, which were mixed up: accuracy, top-k accuracy, precision, recall and F1, the confusion matrix.
// Predictions: scores [n, C] (the largest decides, the first of equals), one score an example [n] or [n, 1] for two classes, or labels
// (i64, i32) [n]. Targets: labels i64 or i32 [n] or [n, 1], 0 <= label < C.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cairn/metrics/metric.h>

namespace cairn {

// Share of examples whose chosen class is the target.
class Accuracy : public Metric {
 public:
  explicit Accuracy(Scores scores = Scores::logits) : scores_(scores) {}
  const char* name() const override { return "accuracy"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override { correct_ = examples_ = 0; }
  double value() const override;
  int64_t examples() const override { return examples_; }
  int64_t correct() const { return correct_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  Scores scores_;
  int64_t correct_ = 0, examples_ = 0;
};

// Share of examples whose target is among the k classes with the largest scores; of equal scores the lower label comes first, so that
// TopK(1) is Accuracy. With k >= C every example is a hit. Scores only, [n, C].
class TopK : public Metric {
 public:
  explicit TopK(int64_t k);  // ConfigError unless k >= 1
  const char* name() const override { return "top_k"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override { correct_ = examples_ = 0; }
  double value() const override;
  int64_t examples() const override { return examples_; }
  int64_t k() const { return k_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  int64_t k_, correct_ = 0, examples_ = 0;
};

// For a class c: precision = right among those called c, recall = right among those that are c, F1 = their harmonic mean.
// A quotient with nothing below the line is 0.
struct ClassScore {
  int64_t hit = 0, predicted = 0, actual = 0;
  double precision() const { return predicted ? double(hit) / double(predicted) : 0; }
  double recall() const { return actual ? double(hit) / double(actual) : 0; }
  double f1() const { return predicted + actual ? 2.0 * double(hit) / double(predicted + actual) : 0; }
};

// How classes become one number. binary: class 1 of two. micro: all decisions in one pot (for single labels that is the accuracy).
// macro: mean over the classes. weighted: mean weighted by how often a class is the target. Classes that occur neither as target nor as
// prediction do not count.
enum class Average { binary, macro, micro, weighted };

// value() is F1.
class PrecisionRecallF1 : public Metric {
 public:
  explicit PrecisionRecallF1(Scores scores = Scores::logits) : PrecisionRecallF1(Average::binary, 2, scores) {}
  PrecisionRecallF1(Average average, int64_t classes, Scores scores = Scores::logits);  // ConfigError: no class, binary with C != 2
  const char* name() const override { return "precision_recall_f1"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  double value() const override { return f1(); }
  double precision() const;
  double recall() const;
  double f1() const;
  const ClassScore& of(int64_t label) const;  // IndexError outside
  int64_t examples() const override { return examples_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  double average(double (ClassScore::*what)() const) const;
  Average average_;
  Scores scores_;
  int64_t examples_ = 0;
  std::vector<ClassScore> classes_;
};

// counts[t][p]: examples of class t that were taken for class p. value() is the accuracy.
class ConfusionMatrix : public Metric {
 public:
  explicit ConfusionMatrix(int64_t classes, Scores scores = Scores::logits);  // 1 to 4096, else ConfigError
  explicit ConfusionMatrix(std::vector<std::string> names, Scores scores = Scores::logits);
  const char* name() const override { return "confusion_matrix"; }
  void update(const Tensor& prediction, const Tensor& target) override;
  void merge(const Metric& other) override;
  void reset() override;
  double value() const override;
  int64_t examples() const override { return examples_; }
  State state() const override;
  void load_state(const State& state) override;

  int64_t classes() const { return classes_; }
  const std::vector<std::string>& names() const { return names_; }  // "0", "1", ... when none were given
  int64_t count(int64_t truth, int64_t predicted) const;            // IndexError outside
  Tensor counts() const;                                            // i64 [C, C], rows are truths
  ClassScore of(int64_t label) const;

  struct Confusion {
    int64_t truth, predicted, count;
  };
  std::vector<Confusion> most_confused(size_t limit = 10) const;  // the largest counts off the diagonal, largest first

  // Text, each line ending with '\n' and at most `width` columns wide. table(): the matrix with recall (right) and precision (below);
  // when it is too wide, columns lose their names, and then the most frequent confusions stand for it. report(): a line a class.
  std::string table(size_t width = 80) const;
  std::string report(size_t width = 80) const;
  std::string confusions_text(size_t limit = 10, size_t width = 80) const;

 private:
  int64_t classes_, examples_ = 0;
  Scores scores_;
  std::vector<std::string> names_;
  std::vector<int64_t> counts_;
};

}  // namespace cairn
