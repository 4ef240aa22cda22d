// The metrics at their special places: wrong input, ties, empty counts, other types, states and merges that do not fit.
#include <cairn/metrics/metrics.h>
#include <tests/helpers/metrics.h>

#include <limits>
#include <memory>

namespace cairn {
namespace {
using namespace metrics_test;

const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();

std::vector<std::unique_ptr<Metric>> one_of_each() {
  std::vector<std::unique_ptr<Metric>> all;
  all.push_back(std::make_unique<Accuracy>());
  all.push_back(std::make_unique<TopK>(2));
  all.push_back(std::make_unique<PrecisionRecallF1>());
  all.push_back(std::make_unique<ConfusionMatrix>(2));
  all.push_back(std::make_unique<LogLoss>());
  all.push_back(std::make_unique<CalibrationError>());
  all.push_back(std::make_unique<RocCurve>());
  all.push_back(std::make_unique<AveragePrecision>());
  all.push_back(std::make_unique<RMSE>());
  all.push_back(std::make_unique<MAE>());
  all.push_back(std::make_unique<R2>());
  return all;
}
bool regression(const Metric& m) { return m.name() == std::string("rmse") || m.name() == std::string("mae") || m.name() == std::string("r2"); }

TEST(Metrics, have_no_value_before_the_first_example_and_an_empty_batch_counts_nothing) {
  for (auto& m : one_of_each()) {
    EXPECT_TRUE(std::isnan(m->value())) << m->name();
    m->update(zeros({0, 2}), regression(*m) ? zeros({0, 2}) : zeros({0}, i64));
    EXPECT_EQ(m->examples(), 0) << m->name();
    EXPECT_TRUE(std::isnan(m->value())) << m->name();
  }
}

TEST(Metrics, refuse_nan_and_count_nothing_of_that_batch) {
  for (auto& m : one_of_each()) {
    Tensor p = tensor({{0.25, 0.75}, {0.5, nan}}), t = regression(*m) ? tensor({{1, 2}, {3, 4}}) : tensor({1, 0}, i64);
    std::string text = message_of<NumericError>([&] { m->update(p, t); });
    EXPECT_NE(text.find("of example 1 is"), std::string::npos) << text;
    EXPECT_EQ(m->examples(), 0);
  }
}

TEST(Metrics, merge_and_load_only_their_own_kind) {
  auto a = one_of_each(), b = one_of_each();
  for (size_t i = 0; i < a.size(); i++)
    for (size_t j = 0; j < b.size(); j++)
      if (i == j) EXPECT_NO_THROW(a[i]->merge(*b[j]));
      else EXPECT_THROW(a[i]->merge(*b[j]), StateError) << a[i]->name() << " and " << b[j]->name();
  for (auto& m : one_of_each()) {
    EXPECT_THROW(m->load_state(State()), StateError) << m->name();
    EXPECT_NO_THROW(m->load_state(m->state())) << m->name();
  }
}

TEST(Metrics, merge_only_with_the_same_options) {
  EXPECT_THROW(Accuracy().merge(Accuracy(Scores::probabilities)), StateError);
  EXPECT_THROW(TopK(2).merge(TopK(3)), StateError);
  EXPECT_THROW(TopK(2).load_state(TopK(3).state()), StateError);
  EXPECT_THROW(ConfusionMatrix(2).merge(ConfusionMatrix(3)), StateError);
  EXPECT_THROW(ConfusionMatrix(2).load_state(ConfusionMatrix(3).state()), StateError);
  EXPECT_THROW(PrecisionRecallF1(Average::macro, 3).merge(PrecisionRecallF1(Average::micro, 3)), StateError);
  EXPECT_THROW(PrecisionRecallF1(Average::macro, 3).load_state(PrecisionRecallF1().state()), StateError);
  EXPECT_THROW(CalibrationError(10).merge(CalibrationError(15)), StateError);
  EXPECT_THROW(CalibrationError(10).load_state(CalibrationError(15).state()), StateError);
  EXPECT_THROW(RocCurve().merge(RocCurve(Scores::probabilities)), StateError);
  EXPECT_THROW(LogLoss().merge(LogLoss(Scores::probabilities)), StateError);
}

TEST(Metrics, one_merged_with_itself_counts_twice) {
  RocCurve roc;
  roc.update(tensor({0.1, 0.9, 0.4}), tensor({0, 1, 1}, i64));
  double before = roc.value();
  roc.merge(roc);
  EXPECT_EQ(roc.examples(), 6);
  EXPECT_EQ(roc.value(), before);
  R2 r2;
  r2.update(tensor({1.0, 2.5, 3.0}), tensor({1.0, 2.0, 4.0}));
  before = r2.value();
  r2.merge(r2);
  EXPECT_NEAR(r2.value(), before, 1e-15);
}

TEST(MetricInput, names_the_shapes_that_do_not_fit) {
  Accuracy m;
  EXPECT_EQ(message_of<ShapeError>([&] {
              m.update(zeros({3, 2}), zeros({4}, i64));
            }),
            "[accuracy] 3 predictions but 4 targets (prediction [3, 2], target [4])");
  EXPECT_EQ(message_of<ShapeError>([&] {
              m.update(zeros({3, 2}), zeros({3, 2}, i64));
            }),
            "[accuracy] targets are labels of the shape [n] (prediction [3, 2], target [3, 2]). Hint: target.argmax(1) makes labels of one-hot rows");
  EXPECT_EQ(message_of<ShapeError>([&] {
              m.update(zeros({3, 2, 2}), zeros({3}, i64));
            }),
            "[accuracy] a prediction has the shape [n, classes], or [n] for two classes (prediction [3, 2, 2], target [3])");
  EXPECT_THROW(m.update(Tensor(1.0), Tensor(1)), ShapeError);
  EXPECT_THROW(m.update(zeros({3, 0}), zeros({3}, i64)), ShapeError);
  EXPECT_THROW(m.update(Tensor(), zeros({3}, i64)), StateError);
  EXPECT_THROW(ConfusionMatrix(3).update(zeros({3, 2}), zeros({3}, i64)), ShapeError);
  EXPECT_THROW(RocCurve().update(zeros({3, 3}), zeros({3}, i64)), ShapeError);
  EXPECT_THROW(TopK(1).update(zeros({3}), zeros({3}, i64)), ShapeError);
  EXPECT_THROW(RMSE().update(zeros({3, 2}), zeros({3})), ShapeError);
  EXPECT_THROW(RMSE().update(zeros({3}), zeros({4})), ShapeError);
}

TEST(MetricInput, names_the_label_outside_the_classes) {
  Accuracy m;
  EXPECT_EQ(message_of<IndexError>([&] {
              m.update(zeros({2, 3}), tensor({0, 3}, i64));
            }),
            "[accuracy] target 1 is label 3, outside the 3 classes (prediction [2, 3], target [2]). Hint: labels count from 0 to 2");
  EXPECT_THROW(m.update(zeros({2, 3}), tensor({-1, 0}, i64)), IndexError);
  EXPECT_THROW(m.update(zeros({2}), tensor({2, 0}, i64)), IndexError);
  EXPECT_THROW(ConfusionMatrix(3).update(tensor({0, 3}, i64), tensor({0, 2}, i64)), IndexError);
  EXPECT_EQ(m.examples(), 0);
}

TEST(MetricInput, wants_floating_scores_and_whole_labels) {
  EXPECT_EQ(message_of<DtypeError>([&] {
              Accuracy().update(zeros({2, 3}), zeros({2}));
            }),
            "[accuracy] targets are labels (i64 or i32), these are f32 (prediction [2, 3], target [2]). Hint: target.to(i64)");
  EXPECT_THROW(Accuracy().update(zeros({2, 3}, i64), zeros({2}, i64)), DtypeError);
  EXPECT_THROW(LogLoss().update(zeros({2}, i64), zeros({2}, i64)), DtypeError);
  EXPECT_THROW(RMSE().update(zeros({2}, i64), zeros({2}, i64)), DtypeError);
}

TEST(MetricInput, takes_every_floating_type_and_columns_and_strided_views) {
  for (DType d : {f32, f64, bf16, f16}) {
    Accuracy m;
    m.update(tensor({{1, 2}, {3, 1}, {0, 1}}, d), tensor({1, 0, 0}, i32));
    EXPECT_NEAR(m.value(), 2.0 / 3, 1e-15) << name_of(d);
  }
  Accuracy binary;
  binary.update(tensor({{0.5}, {-0.5}, {0.0}}), tensor({{1}, {0}, {0}}, i64));  // [n, 1] both; a logit of 0 is class 0
  EXPECT_EQ(binary.value(), 1);
  Tensor scores = tensor({{1, 9, 2}, {5, 0, 0}});  // as columns: [3, 2]
  Accuracy strided;
  strided.update(Tensor(scores.array().transposed(0, 1)), tensor({1, 0, 0}, i64));
  EXPECT_EQ(strided.correct(), 3);
  Accuracy labels;
  labels.update(tensor({4, 7}, i64), tensor({4, 0}, i64));
  EXPECT_EQ(labels.value(), 0.5);
}

TEST(Accuracy, the_first_of_equal_scores_wins_and_top_1_agrees) {
  Tensor p = tensor({{1, 1, 0}, {0, 1, 1}, {2, 2, 2}}), t = tensor({1, 1, 0}, i64);
  Accuracy a;
  TopK one(1), all(7);
  a.update(p, t);
  one.update(p, t);
  all.update(p, t);
  EXPECT_NEAR(a.value(), 2.0 / 3, 1e-15);
  EXPECT_EQ(one.value(), a.value());
  EXPECT_EQ(all.value(), 1);  // k beyond the classes
  EXPECT_THROW(TopK(0), ConfigError);
}

TEST(PrecisionRecallF1, is_zero_where_nothing_was_predicted_or_nothing_is_there) {
  PrecisionRecallF1 m;
  m.update(tensor({-1.0, -2.0}), tensor({1, 0}, i64));  // class 1 never predicted
  EXPECT_EQ(m.precision(), 0);
  EXPECT_EQ(m.f1(), 0);
  EXPECT_THROW(m.of(2), IndexError);
  EXPECT_THROW(PrecisionRecallF1(Average::binary, 3), ConfigError);
  EXPECT_THROW(PrecisionRecallF1(Average::macro, 0), ConfigError);
}

TEST(LogLoss, is_finite_for_certain_mistakes_and_huge_logits) {
  LogLoss p(Scores::probabilities), l, one;
  p.update(tensor({{1, 0}}, f64), tensor({1}, i64));
  EXPECT_NEAR(p.value(), 52 * std::log(2.0), 1e-12);
  l.update(tensor({{1000, -1000, 0}}), tensor({1}, i64));
  EXPECT_NEAR(l.value(), 2000, 1e-9);
  one.update(tensor({-800.0, 800.0}), tensor({1, 1}, i64));
  EXPECT_NEAR(one.value(), 400, 1e-9);
  EXPECT_THROW(l.update(tensor({{inf, 0, 0}}), tensor({0}, i64)), NumericError);
  std::string text = message_of<NumericError>([&] { p.update(tensor({{1.5, -0.5}}), tensor({0}, i64)); });
  EXPECT_EQ(text, "[log_loss] 1.5 in example 0 is no probability. Hint: for a model's raw outputs, Scores::logits");
}

TEST(LogLoss, sums_a_million_small_terms_without_drift) {
  ExactSum sum;
  sum.add(1e16);
  for (int i = 0; i < 1000000; i++) sum.add(1.0);
  EXPECT_EQ(sum.value(), 1e16 + 1000000);
}

TEST(CalibrationError, a_bin_holds_its_upper_edge_and_the_worst_bin_is_told) {
  CalibrationError m(4, Scores::probabilities);
  m.update(tensor({{0.75, 0.25}, {0.25, 0.75}, {1, 0}, {0.5, 0.5}}, f64), tensor({0, 0, 0, 1}, i64));
  auto bins = m.bins();
  ASSERT_EQ(bins.size(), 4u);
  EXPECT_EQ(bins[1].count, 1);  // 0.5
  EXPECT_EQ(bins[2].count, 2);  // 0.75 twice, one right
  EXPECT_EQ(bins[2].accuracy, 0.5);
  EXPECT_EQ(bins[3].count, 1);  // 1.0
  EXPECT_TRUE(std::isnan(bins[0].accuracy));
  EXPECT_NEAR(m.value(), (0.5 + 2 * 0.25 + 0) / 4, 1e-15);
  EXPECT_EQ(m.largest(), 0.5);
  EXPECT_THROW(CalibrationError(0), ConfigError);
}

TEST(RocCurve, is_undefined_with_one_class_and_a_half_when_all_scores_are_equal) {
  RocCurve roc;
  AveragePrecision ap;
  roc.update(tensor({0.5, 0.5}), tensor({0, 0}, i64));
  ap.update(tensor({0.5, 0.5}), tensor({0, 0}, i64));
  EXPECT_TRUE(std::isnan(roc.auc()));
  EXPECT_TRUE(std::isnan(ap.value()));
  EXPECT_TRUE(roc.curve().empty());
  roc.update(tensor({0.5, 0.5}), tensor({1, 1}, i64));
  EXPECT_EQ(roc.auc(), 0.5);
  EXPECT_EQ(roc.curve().size(), 2u);
}

TEST(RocCurve, ranks_two_columns_of_logits_by_their_difference) {
  RocCurve two, one;
  two.update(tensor({{5, 6}, {1, 4}, {0, -1}}), tensor({0, 1, 0}, i64));
  one.update(tensor({1.0, 3.0, -1.0}), tensor({0, 1, 0}, i64));
  EXPECT_EQ(two.auc(), 1);
  EXPECT_EQ(two.curve()[1].threshold, one.curve()[1].threshold);
}

TEST(R2, of_a_constant_target_is_one_when_met_and_zero_otherwise) {
  R2 met, missed, single;
  met.update(tensor({2.0, 2.0}), tensor({2.0, 2.0}));
  missed.update(tensor({2.0, 3.0}), tensor({2.0, 2.0}));
  single.update(tensor({2.0}), tensor({2.0}));
  EXPECT_EQ(met.value(), 1);
  EXPECT_EQ(missed.value(), 0);
  EXPECT_TRUE(std::isnan(single.value()));
  R2 two;
  two.update(zeros({2, 3}), ones({2, 3}));
  EXPECT_THROW(two.update(zeros({2, 2}), ones({2, 2})), ShapeError);
  EXPECT_THROW(two.merge(met), StateError);
}

}  // namespace
}  // namespace cairn
