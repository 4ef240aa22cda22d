// Every metric against scikit-learn, whole and in merged pieces.
#include <cairn/metrics/metrics.h>
#include <tests/helpers/metrics.h>

namespace cairn {
namespace {
using namespace metrics_test;

constexpr double close = 1e-12;

const std::pair<const char*, Average> averages[] = {
    {"binary", Average::binary}, {"macro", Average::macro}, {"micro", Average::micro}, {"weighted", Average::weighted}};

void expect_averages(const Json& c, const Tensor& p, const Tensor& t, int64_t classes, Scores scores) {
  for (auto [key, average] : averages) {
    const Json* expected = c.at("averages").find(key);
    if (!expected) continue;
    auto make = [&, average = average] { return PrecisionRecallF1(average, classes, scores); };
    PrecisionRecallF1 m = make();
    m.update(p, t);
    EXPECT_NEAR(m.precision(), expected->as_array()[0].as_double(), close) << key;
    EXPECT_NEAR(m.recall(), expected->as_array()[1].as_double(), close) << key;
    EXPECT_NEAR(m.f1(), expected->as_array()[2].as_double(), close) << key;
    EXPECT_EQ(m.value(), m.f1());
    expect_merged_is_whole(make, p, t, 0);
  }
}

TEST(MetricsGolden, scores_of_several_classes_equal_scikit_learn) {
  for (const Json& c : golden("multiclass")) {
    SCOPED_TRACE(c.at("name").as_string());
    Tensor p = tensor_of(c.at("prediction"), f64), t = tensor_of(c.at("target"), i64);
    int64_t classes = c.at("classes").as_int();

    Accuracy accuracy;
    accuracy.update(p, t);
    EXPECT_NEAR(accuracy.value(), c.at("accuracy").as_double(), close);
    expect_merged_is_whole([] { return Accuracy(); }, p, t, 0);

    for (const auto& [k, expected] : c.at("top_k").as_object()) {
      auto make = [k = std::stoi(k)] { return TopK(k); };
      TopK m = make();
      m.update(p, t);
      EXPECT_NEAR(m.value(), expected.as_double(), close) << "k = " << k;
      expect_merged_is_whole(make, p, t, 0);
    }

    ConfusionMatrix confusion(classes);
    confusion.update(p, t);
    EXPECT_EQ(confusion.counts().to_vector<int64_t>(), tensor_of(c.at("confusion"), i64).to_vector<int64_t>());
    EXPECT_EQ(confusion.value(), accuracy.value());
    for (int64_t k = 0; k < classes; k++) {
      const auto& expected = c.at("of_class").as_array()[size_t(k)].as_array();
      ClassScore s = confusion.of(k);
      EXPECT_NEAR(s.precision(), expected[0].as_double(), close);
      EXPECT_NEAR(s.recall(), expected[1].as_double(), close);
      EXPECT_NEAR(s.f1(), expected[2].as_double(), close);
      EXPECT_EQ(double(s.actual), expected[3].as_double());
    }
    expect_merged_is_whole([&] { return ConfusionMatrix(classes); }, p, t, 0);
    expect_averages(c, p, t, classes, Scores::logits);

    LogLoss loss;
    loss.update(p, t);
    EXPECT_NEAR(loss.value(), c.at("log_loss").as_double(), close);
    expect_merged_is_whole([] { return LogLoss(); }, p, t);

    for (const auto& [bins, expected] : c.at("calibration").as_object()) {
      auto make = [bins = std::stoi(bins)] { return CalibrationError(bins); };
      CalibrationError m = make();
      m.update(p, t);
      EXPECT_NEAR(m.value(), expected.as_double(), close) << bins << " bins";
      expect_merged_is_whole(make, p, t);
    }
  }
}

TEST(MetricsGolden, probabilities_of_two_classes_equal_scikit_learn) {
  const Scores probabilities = Scores::probabilities;
  for (const Json& c : golden("binary")) {
    SCOPED_TRACE(c.at("name").as_string());
    Tensor p = tensor_of(c.at("prediction"), f64), t = tensor_of(c.at("target"), i64);

    Accuracy accuracy(probabilities);
    accuracy.update(p, t);
    EXPECT_NEAR(accuracy.value(), c.at("accuracy").as_double(), close);
    expect_averages(c, p, t, 2, probabilities);

    RocCurve roc(probabilities);
    roc.update(p, t);
    EXPECT_NEAR(roc.auc(), c.at("auc").as_double(), close);
    auto curve = roc.curve();
    const auto& points = c.at("curve").as_array();
    ASSERT_EQ(curve.size(), points.size() + 1);
    EXPECT_EQ(curve[0].true_positive_rate + curve[0].false_positive_rate, 0);
    for (size_t i = 0; i < points.size(); i++) {
      EXPECT_EQ(curve[i + 1].threshold, points[i].as_array()[0].as_double());
      EXPECT_NEAR(curve[i + 1].false_positive_rate, points[i].as_array()[1].as_double(), close);
      EXPECT_NEAR(curve[i + 1].true_positive_rate, points[i].as_array()[2].as_double(), close);
    }
    expect_merged_is_whole([&] { return RocCurve(probabilities); }, p, t, 0);

    AveragePrecision ap(probabilities);
    ap.update(p, t);
    EXPECT_NEAR(ap.value(), c.at("average_precision").as_double(), close);
    expect_merged_is_whole([&] { return AveragePrecision(probabilities); }, p, t, 0);

    LogLoss loss(probabilities);
    loss.update(p, t);
    EXPECT_NEAR(loss.value(), c.at("log_loss").as_double(), close);

    for (const auto& [bins, expected] : c.at("calibration").as_object()) {
      CalibrationError m(std::stoi(bins), probabilities);
      m.update(p, t);
      EXPECT_NEAR(m.value(), expected.as_double(), close) << bins << " bins";
    }
  }
}

TEST(MetricsGolden, regression_equals_scikit_learn) {
  for (const Json& c : golden("regression")) {
    SCOPED_TRACE(c.at("name").as_string());
    Tensor p = tensor_of(c.at("prediction"), f64), t = tensor_of(c.at("target"), f64);
    RMSE rmse;
    MAE mae;
    R2 r2;
    for (Metric* m : {static_cast<Metric*>(&rmse), static_cast<Metric*>(&mae), static_cast<Metric*>(&r2)}) m->update(p, t);
    EXPECT_NEAR(rmse.value(), c.at("rmse").as_double(), close);
    EXPECT_NEAR(mae.value(), c.at("mae").as_double(), close);
    EXPECT_NEAR(r2.value(), c.at("r2").as_double(), close);
    expect_merged_is_whole([] { return RMSE(); }, p, t);
    expect_merged_is_whole([] { return MAE(); }, p, t);
    expect_merged_is_whole([] { return R2(); }, p, t);
  }
}

}  // namespace
}  // namespace cairn
