// A15: the threshold lab. Scores of a small model for malignant tumours: where to cut, what each kind of mistake costs, and how sure the numbers
// are on a test set of the size you choose.
#include <cmath>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "scores.h"

namespace cairn::course {

namespace {

class ThresholdLab final : public Demo {
 public:
  void fields(Fields& f) override {
    f("threshold", threshold_, "scores of at least this much are called malignant", between(0, 1));
    f("features", features_, "columns of the table that the model sees", between(1, 30));
    f("miss", miss_, "what a missed malignant tumour costs; a false alarm costs 1", between(0, 1000));
    f("examples", examples_, "size of the test sets that are drawn for the intervals", between(2, 10000));
    f("level", level_, "share of the resamples inside of the interval", between(0.01, 0.999));
    f("seed", seed_, "shuffles the rows: another half is trained on", between(0, 1000000));
  }

  DemoResult run() override {
    const a15::Table t = a15::breast_cancer(size_t(features_), uint64_t(seed_));
    const a15::Scored s = a15::scores_of(
        t, [](size_t i) { return i % 2 == 0; }, 150);
    const a15::Counts c = a15::counted(s, threshold_);
    const auto cost = [&](const a15::Counts& k) { return (miss_ * k.misses + k.false_alarms) / k.all(); };
    plot::Line costs{.name = "cost"}, precision{.name = "precision"}, recall{.name = "recall"}, f1{.name = "F1"};
    double best = 0, least = cost(a15::counted(s, 0));
    for (int i = 0; i <= 100; i++) {
      const double at = i / 100.0;
      const a15::Counts k = a15::counted(s, at);
      if (cost(k) < least) least = cost(k), best = at;
      for (plot::Line* l : {&costs, &precision, &recall, &f1}) l->x.push_back(at);
      costs.y.push_back(cost(k)), precision.y.push_back(k.precision()), recall.y.push_back(k.recall()), f1.y.push_back(k.f1());
    }
    plot::Axes shares{.title = "three numbers", .x = {"threshold", false, 0, 1}, .y = {"share", false, 0, 1.02}};
    shares.add(precision).add(recall).add(f1);
    shares.add(plot::Line{.name = "yours", .x = {threshold_, threshold_}, .y = {0, 1}, .stroke = plot::Stroke::dashed});
    plot::Axes money{.title = "mean cost of a tumour", .x = {"threshold", false, 0, 1}, .y = {"cost"}};
    money.add(costs);

    const std::vector<double> again = a15::each(a15::resampled(s, threshold_, 500, size_t(examples_), 15), &a15::Counts::recall);
    const double low = a15::quantile(again, (1 - level_) / 2), high = a15::quantile(again, (1 + level_) / 2);
    plot::Axes spread{.title = "recall on resampled test sets", .x = {"recall"}, .y = {"resamples"}};
    spread.add(plot::histogram("resamples", again, 20));

    DemoResult result;
    result.figure = {.title = "The threshold lab", .panels = {shares, money, spread}};
    result.numbers = {{"accuracy", c.accuracy()},
                      {"precision", c.precision()},
                      {"recall", c.recall()},
                      {"F1", c.f1()},
                      {"missed tumours", c.misses},
                      {"false alarms", c.false_alarms},
                      {"area under the ROC curve", a15::area(s)},
                      {"mean cost", cost(c)},
                      {"cheapest threshold", best},
                      {"width of the interval of recall", high - low}};
    result.says = std::string(cost(c) > 1.2 * least + 1e-9 ? "Another threshold would cost less: look where the second curve is lowest. "
                                                           : "For these costs your threshold is about as good as any. ") +
                  (high - low > 0.1 ? "The interval of the recall is wide: with so few tumours two models must differ a lot before it means anything."
                                    : "The test set is large enough to know the recall well.");
    return result;
  }

 private:
  double threshold_ = 0.5, miss_ = 10, level_ = 0.95;
  int features_ = 2, examples_ = 284, seed_ = 15;
};

}  // namespace

extern const LessonDemo A15_demo;
const LessonDemo A15_demo = {"A15",
                             "the threshold lab: where to cut, and how sure to be",
                             [] { return std::unique_ptr<Demo>(new ThresholdLab); },
                             {{"threshold", "0.1", "0.9", "recall", 0.1},
                              {"features", "1", "30", "area under the ROC curve", 0.01},
                              {"miss", "0", "50", "cheapest threshold", 0.1},
                              {"examples", "50", "5000", "width of the interval of recall", 0.02},
                              {"level", "0.5", "0.99", "width of the interval of recall", 0.02},
                              {"seed", "15", "16", "accuracy", 0.001}}};

}  // namespace cairn::course
