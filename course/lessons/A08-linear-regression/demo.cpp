// A08: a line by its closed form and by descent, on points that you may move away from 0, disturb, and bend by an outlier.
#include <cmath>

#include <cairn/base/random.h>
#include <course/machinery/figure.h>

#include "line.h"

namespace cairn::course {

namespace {

class TwoWays final : public Demo {
 public:
  void fields(Fields& f) override {
    f("points", points_, "how many points", between(2, 500));
    f("noise", noise_, "deviation of the points from y = 2 x - 1", between(0, 10));
    f("offset", offset_, "how far the points are moved to the right", between(-1000, 1000));
    f("outlier", outlier_, "how far the last point is moved up", between(-1000, 1000));
    f("rate", rate_, "learning rate of descent", between(0, 10));
    f("steps", steps_, "steps of descent", between(0, 100000));
    f("scale", scale_, "standardise x before descent");
  }

  DemoResult run() override {
    Random random(8);
    std::vector<double> x, y;
    for (int i = 0; i < points_; i++) {
      const double place = 2 * random.uniform() - 1;
      x.push_back(place + offset_);
      y.push_back(2 * place - 1 + noise_ * random.normal());
    }
    y.back() += outlier_;
    const std::vector<double> seen = scale_ ? a08::standardized(x) : x;
    const a08::Line best = a08::closed_form(seen, y);
    const double least = a08::loss(best, seen, y);
    plot::Line curve{.name = "descent"}, floor{.name = "closed form", .stroke = plot::Stroke::dashed};
    a08::Line line;
    const int every = std::max(1, steps_ / 400);
    bool away = false;
    for (int i = 0; i <= steps_; i++) {
      if (i % every == 0 || i == steps_) curve.x.push_back(i), curve.y.push_back(std::max(a08::loss(line, seen, y), 1e-12));
      if (i < steps_ && !away) line = a08::step(line, seen, y, rate_);
      away = away || !(std::abs(line.slope) < 1e12 && std::abs(line.intercept) < 1e12);
    }
    floor.x = {0, double(steps_)}, floor.y = {std::max(least, 1e-12), std::max(least, 1e-12)};

    const double reached = a08::loss(line, seen, y), low = offset_ - 1, high = offset_ + 1, mean = a08::mean_of(x);
    double deviation = 0;
    for (const double v : x) deviation += (v - mean) * (v - mean) / double(x.size());
    deviation = scale_ && deviation > 0 ? std::sqrt(deviation) : 1;
    const auto drawn = [&](const char* name, const a08::Line& l) {  // in the units of x as it was made
      const auto at = [&](double v) { return l.at(scale_ ? (v - mean) / deviation : v); };
      return plot::Line{.name = name, .x = {low, high}, .y = {at(low), at(high)}};
    };
    plot::Axes data{.title = "the points and both lines", .x = {"x"}, .y = {"y"}};
    data.add(plot::Scatter{.name = "points", .x = x, .y = y}).add(drawn("closed form", best));
    if (!away) data.add(drawn("descent", line));
    plot::Axes losses{.title = "loss while descending", .x = {"step"}, .y = {"mean squared error", true}};
    losses.add(curve).add(floor);

    DemoResult result;
    result.figure = {.title = "One line, two ways", .panels = {data, losses}};
    result.numbers = {{"slope of the closed form", best.slope / deviation},
                      {"loss of the closed form", least},
                      {"loss of descent", reached},
                      {"log10 of how far descent is above", std::log10(std::max(reached - least, 1e-12))}};
    result.says = away ? "The steps are too long for this data: each one overshoots, and the loss grows. Lower the rate, or let x be standardised."
                  : reached > 1.01 * least + 1e-9
                      ? "Descent is not there yet. Far from 0 the valley of the loss is narrow and long: standardise x, or give it more steps."
                      : "Both ways give the same line. The closed form needs no rate and no steps; here it is the better tool.";
    return result;
  }

 private:
  int points_ = 40, steps_ = 100;
  double noise_ = 0.3, offset_ = 0, outlier_ = 0, rate_ = 0.1;
  bool scale_ = false;
};

}  // namespace

extern const LessonDemo A08_demo;
const LessonDemo A08_demo = {"A08",
                             "one line, two ways: closed form against gradient descent",
                             [] { return std::unique_ptr<Demo>(new TwoWays); },
                             {{"points", "2", "200", "loss of the closed form", 0.05},
                              {"noise", "0", "2", "loss of the closed form", 1},
                              {"offset", "0", "3", "log10 of how far descent is above", 0.5},
                              {"outlier", "0", "30", "slope of the closed form", 0.1},
                              {"rate", "0.01", "0.5", "log10 of how far descent is above", 2},
                              {"steps", "10", "1000", "log10 of how far descent is above", 2},
                              {"scale", "false", "true", "log10 of how far descent is above", 1}}};

}  // namespace cairn::course
