// A09: one digit against another by a logistic regression, with wrong labels if you like, and a threshold to choose.
#include <cmath>

#include <cairn/base/random.h>
#include <course/machinery/figure.h>

#include "digits.h"

namespace cairn::course {

namespace {

class TwoDigits final : public Demo {
 public:
  void fields(Fields& f) override {
    f("no", no_, "the digit that counts as 0", between(0, 9));
    f("yes", yes_, "the digit that counts as 1", between(0, 9));
    f("rate", rate_, "learning rate", between(0, 100));
    f("steps", steps_, "steps of descent", between(0, 2000));
    f("flipped", flipped_, "share of the training labels that are turned around", between(0, 1));
    f("threshold", threshold_, "a logit from here on is a yes", between(-50, 50));
  }

  DemoResult run() override {
    a09::Pair data = a09::pair_of(no_, yes_ == no_ ? (no_ + 1) % 10 : yes_);
    Random random(9);
    for (double& y : data.train.y)
      if (random.uniform() < flipped_) y = 1 - y;
    a09::Model model;
    plot::Line curve{.name = "training"};
    for (int i = 0; i <= steps_; i++) {
      if (i % std::max(1, steps_ / 100) == 0) curve.x.push_back(i), curve.y.push_back(std::max(a09::loss(model, data.train), 1e-12));
      if (i < steps_) a09::step(model, data.train, rate_);
    }
    const std::vector<double> z = a09::logits(model, data.test);
    const a09::Rates r = a09::rates(z, data.test.y, threshold_);
    plot::Line roc_curve{.name = "ROC curve"};
    for (const a09::Rates& at : a09::roc(z, data.test.y)) roc_curve.x.push_back(at.wrong), roc_curve.y.push_back(at.right);
    plot::Axes losses{.title = "cross-entropy", .x = {"step"}, .y = {"loss", true}};
    plot::Axes rocs{.title = "ROC curve of the pictures kept apart", .x = {"no called yes", false, 0, 1}, .y = {"yes found", false, 0, 1}};
    rocs.add(roc_curve).add(plot::Scatter{.name = "threshold", .x = {r.wrong}, .y = {r.right}, .size = 5, .colour = 3});
    plot::Axes weights{.title = "weights", .x = {"column"}, .y = {"row", false, {}, {}, {}, true}, .equal = true};
    weights.add(plot::Heat{.rows = 8, .columns = 8, .values = model.w, .map = plot::ColourMap::diverging});

    const double area_now = a09::area(z, data.test.y), right = a09::accuracy(z, data.test.y, threshold_);
    DemoResult result;
    result.figure = {.title = "One digit against another", .panels = {losses.add(curve), rocs, weights}};
    result.numbers = {{"training loss", a09::loss(model, data.train)},
                      {"right, per cent", 100 * right},
                      {"yes found", r.right},
                      {"no called yes", r.wrong},
                      {"area under the curve", area_now}};
    result.says = std::string(area_now > 0.95  ? "The logits put nearly every yes above every no. "
                              : area_now > 0.6 ? "The logits tell the two apart in part. "
                                               : "The logits do not tell the two apart. ") +
                  (right < 0.9 && area_now > 0.95 ? "The threshold lies at a bad place: the order of the logits is good, the decisions are not."
                                                  : "The threshold chooses a point of the ROC curve; the curve belongs to the model.");
    return result;
  }

 private:
  int no_ = 3, yes_ = 8, steps_ = 200;
  double rate_ = 1, flipped_ = 0, threshold_ = 0;
};

}  // namespace

extern const LessonDemo A09_demo;
const LessonDemo A09_demo = {"A09",
                             "digits, 3 against 8: a score, a probability, a decision",
                             [] { return std::unique_ptr<Demo>(new TwoDigits); },
                             {{"no", "3", "0", "training loss", 0.005},
                              {"yes", "8", "0", "training loss", 0.005},
                              {"rate", "0.01", "1", "training loss", 0.1},
                              {"steps", "1", "200", "training loss", 0.1},
                              {"flipped", "0", "0.4", "training loss", 0.2},
                              {"threshold", "0", "6", "yes found", 0.1}}};

}  // namespace cairn::course
