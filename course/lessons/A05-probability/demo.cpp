// A05: a medical test by Bayes' rule, a coin's likelihood, and a Gaussian held against data.
#include <algorithm>
#include <cmath>

#include <cairn/base/random.h>
#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "models.h"

namespace cairn::course {

namespace {

class ThreeModels final : public Demo {
 public:
  void fields(Fields& f) override {
    f("prevalence", prevalence_, "share of the sick among all who are tested", between(0, 1));
    f("sensitivity", sensitivity_, "share of the sick whose test is positive", between(0, 1));
    f("false_alarm", false_alarm_, "share of the healthy whose test is positive", between(0, 1));
    f("heads", heads_, "flips that showed heads", between(0, 100000));
    f("tails", tails_, "flips that showed tails", between(0, 100000));
    f("mean", mean_, "mean of the Gaussian that is tried on the data", between(-10, 10));
    f("deviation", deviation_, "its deviation", between(0.05, 20));
  }

  DemoResult run() override {
    const a05::Groups g = a05::groups(prevalence_, sensitivity_, false_alarm_);
    plot::Axes test{.title = "of 10,000 people, the positive tests", .x = {"", false, {}, {}, {"sick", "healthy"}}, .y = {"people"}, .height = 130};
    test.add(plot::Bars{.name = "positive", .y = {10000 * g.sick_positive, 10000 * g.healthy_positive}});

    const double heads = heads_, tails = tails_, flips = heads + tails, best = flips > 0 ? heads / flips : 0.5,
                 top = a05::coin_log_likelihood(heads, tails, best);
    plot::Line curve{.name = "likelihood, largest = 1"};
    double low = 1, high = 0;  // where the likelihood is above a tenth of its largest value
    for (int i = 0; i <= 1000; i++) {
      const double p = i / 1000.0, value = std::exp(a05::coin_log_likelihood(heads, tails, p) - top);
      curve.x.push_back(p), curve.y.push_back(value);
      if (value >= 0.1) low = std::min(low, p), high = std::max(high, p);
    }
    plot::Axes coin{.title = "the coin", .x = {"p", false, 0, 1}, .y = {"likelihood", false, 0, 1.05}, .height = 130};
    coin.add(curve);

    Random random(5);
    std::vector<double> x;
    for (int i = 0; i < 60; i++) x.push_back(1 + 1.5 * random.normal());
    const double variance = deviation_ * deviation_, own_mean = a05::mean_of(x), own_variance = a05::variance_of(x);
    const double fit = a05::gaussian_log_likelihood(x, mean_, variance), least_loss = a05::gaussian_log_likelihood(x, own_mean, own_variance);
    plot::Bars bars = plot::histogram("data", x, 12);
    for (size_t i = 0; i < bars.y.size(); i++) bars.y[i] /= 60 * (bars.edges[i + 1] - bars.edges[i]);
    plot::Line tried{.name = "tried"}, found{.name = "likeliest"};
    for (int i = 0; i <= 200; i++) {
      const double at = -6 + 14.0 * i / 200;
      tried.x.push_back(at), tried.y.push_back(std::exp(a05::gaussian_log_likelihood({at}, mean_, variance)));
      found.x.push_back(at), found.y.push_back(std::exp(a05::gaussian_log_likelihood({at}, own_mean, own_variance)));
    }
    plot::Axes gaussian{.title = "sixty numbers and two Gaussians", .x = {"x", false, -6, 8}, .y = {"density"}};
    gaussian.add(bars).add(tried).add(found);

    DemoResult result;
    result.figure = {.title = "A test, a coin, a Gaussian", .panels = {test, coin, gaussian}};
    result.numbers = {{"P(sick given positive)", g.sick_if_positive()},
                      {"likeliest p", best},
                      {"width of the likely p", high - low},
                      {"log-likelihood of the Gaussian tried", fit},
                      {"the largest one", least_loss}};
    result.says =
        std::string(g.sick_if_positive() < 0.5
                        ? "Most people with a positive test are healthy: the healthy are so many that their false alarms outnumber the sick. "
                        : "Most people with a positive test are sick. ") +
        (flips < 20 ? "A few flips leave many values of p likely. " : "With many flips the likely values of p are close together. ") +
        (least_loss - fit > 5 ? "Your Gaussian explains the numbers far worse than the likeliest one."
                              : "Your Gaussian is nearly as good as the likeliest one.");
    return result;
  }

 private:
  double prevalence_ = 0.01, sensitivity_ = 0.9, false_alarm_ = 0.05, mean_ = 0, deviation_ = 1;
  int heads_ = 7, tails_ = 3;
};

}  // namespace

extern const LessonDemo A05_demo;
const LessonDemo A05_demo = {"A05",
                             "a medical test, a coin and a Gaussian: what does the data say?",
                             [] { return std::unique_ptr<Demo>(new ThreeModels); },
                             {{"prevalence", "0.01", "0.3", "P(sick given positive)", 0.5},
                              {"sensitivity", "0.5", "1", "P(sick given positive)", 0.05},
                              {"false_alarm", "0.05", "0.001", "P(sick given positive)", 0.5},
                              {"heads", "7", "70", "likeliest p", 0.1},
                              {"tails", "3", "300", "width of the likely p", 0.2},
                              {"mean", "0", "1", "log-likelihood of the Gaussian tried", 10},
                              {"deviation", "0.5", "1.5", "log-likelihood of the Gaussian tried", 100}}};

}  // namespace cairn::course
