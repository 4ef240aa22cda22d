// A11's experiment: the rule on points with a gap, on points that overlap, and on XOR.
#include <cmath>

#include <course/machinery/figure.h>

#include "perceptron.h"

namespace cairn::course {

namespace {

class Rule : public Demo {
 public:
  void fields(Fields& f) override {
    f("data", data_, "gap: separable points; xor: the four corners", one_of({"gap", "xor"}));
    f("points", points_, "how many points (gap)", between(4, 1000));
    f("margin", margin_, "how far each lies from the true line; below 0 the classes overlap", between(-0.5, 0.5));
    f("passes", passes_, "passes over the data, at most", between(1, 500));
    f("rate", rate_, "size of a correction", above(0.0));
  }

  DemoResult run() override {
    const a11::Points p = data_ == "xor" ? a11::exclusive_or() : a11::separated(points_, margin_, 3);
    a11::Weights w;
    plot::Line mistakes{.name = "mistakes"};
    int made = 0, used = 0, last = 0;
    for (; used < passes_; used++) {
      last = a11::epoch(w, p, rate_);
      mistakes.y.push_back(last);
      made += last;
      if (!last) break;
    }
    plot::Scatter points{.x = p.x, .y = p.y, .names = {"class -1", "class +1"}};
    for (const int l : p.label) points.classes.push_back(l > 0);
    const double low = data_ == "xor" ? -0.6 : -1.1, high = data_ == "xor" ? 1.6 : 1.1;
    plot::Axes plane{.title = "the points and the last line", .x = {"x", false, low, high}, .y = {"y", false, low, high}, .equal = true};
    plane.add(points);
    if (std::abs(w.y) > 1e-9)
      plane.add(plot::Line{.name = "the line", .x = {low, high}, .y = {-(w.bias + w.x * low) / w.y, -(w.bias + w.x * high) / w.y}, .colour = 2});
    plot::Axes below{.title = "mistakes in each pass", .x = {"pass"}, .y = {"mistakes", false, 0, {}}, .height = 120};
    below.add(mistakes);

    DemoResult result;
    result.figure = {.title = "The perceptron at work", .panels = {plane, below}};
    result.numbers = {{"corrections", double(made)},
                      {"mistakes in the last pass", double(last)},
                      {"points on their side", double(a11::right(w, p))},
                      {"length of the weights", std::sqrt(w.bias * w.bias + w.x * w.x + w.y * w.y)}};
    result.says =
        last == 0 ? "A pass without a mistake: from here on nothing would ever change, so it stopped. A narrower gap takes more corrections."
        : data_ == "xor"
            ? "No line has all four corners on their sides, so every pass has a mistake and the weights go round and round."
            : "There was a mistake in every pass. Where the classes overlap that stays so for ever; where the gap is narrow, give it more passes.";
    return result;
  }

 private:
  std::string data_ = "gap";
  int points_ = 100, passes_ = 50;
  double margin_ = 0.1, rate_ = 1;
};

}  // namespace

extern const LessonDemo A11_demo;
const LessonDemo A11_demo = {"A11",
                             "the rule at work: corrections until no point is wrong, or for ever",
                             [] { return std::unique_ptr<Demo>(new Rule); },
                             {{"data", "gap", "xor", "points on their side", 50},
                              {"points", "10", "500", "points on their side", 300},
                              {"margin", "0.3", "-0.3", "mistakes in the last pass", 1},
                              {"passes", "1", "50", "mistakes in the last pass", 1},
                              {"rate", "1", "10", "length of the weights", 5}}};

}  // namespace cairn::course
