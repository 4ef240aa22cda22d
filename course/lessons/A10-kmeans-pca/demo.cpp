// A10: the digits grouped without their labels, and how well the groups agree with what was written.
#include <cmath>

#include <course/machinery/figure.h>

#include "groups.h"

namespace cairn::course {

namespace {

class Clustering final : public Demo {
 public:
  void fields(Fields& f) override {
    f("k", k_, "how many groups", between(1, 30));
    f("steps", steps_, "steps of k-means", between(0, 100));
    f("start", start_, "seed of the first centres", between(0, 1000));
    f("pictures", pictures_, "how many digits", between(50, 1797));
    f("components", components_, "keep so many principal components first; 0: all pixels", between(0, 30));
  }

  DemoResult run() override {
    const a10::Digits d = a10::digits(size_t(pictures_));
    const a10::Components p = a10::components(d.x, size_t(std::max(components_, 2)));
    a10::Rows x = d.x;
    if (components_ > 0)
      for (a10::Row& r : x) {
        a10::Row few;
        for (size_t n = 0; n < size_t(components_); n++) few.push_back(a10::along(p, r, n));
        r = few;
      }
    const a10::Groups g = a10::grouped(x, size_t(k_), uint64_t(start_), steps_);
    double right = 0;
    for (int64_t c = 0; c < k_; c++) {
      std::vector<double> counts(10, 0.0);
      for (size_t i = 0; i < g.of.size(); i++)
        if (g.of[i] == c) counts[size_t(d.digit[i])]++;
      right += *std::max_element(counts.begin(), counts.end());
    }
    plot::Scatter points{.classes = g.of};
    for (int c = 0; c < k_; c++) points.names.push_back("group " + std::to_string(c));
    for (const a10::Row& r : d.x) points.x.push_back(a10::along(p, r, 0)), points.y.push_back(a10::along(p, r, 1));
    plot::Axes axes{.title = "groups on the map of the first two components", .x = {"first component"}, .y = {"second component"}};
    const double pure = 100 * right / double(g.of.size());
    DemoResult result;
    result.figure = {.title = "Digits without labels", .panels = {axes.add(points)}};
    result.numbers = {{"mean squared distance", g.cost}, {"in a group of their own digit, per cent", pure}};
    result.says = k_ < 10     ? "There are fewer groups than digits, so that several digits share one. More groups always lower the distance."
                  : pure > 75 ? "The groups agree with the digits for the most part, although no label was used."
                              : "Some groups hold two digits, and some digits two groups: the start decides which. Try another one.";
    return result;
  }

 private:
  int k_ = 10, steps_ = 20, start_ = 5, pictures_ = 400, components_ = 0;
};

}  // namespace

extern const LessonDemo A10_demo;
const LessonDemo A10_demo = {"A10",
                             "clustering of digits: groups that nobody named",
                             [] { return std::unique_ptr<Demo>(new Clustering); },
                             {{"k", "2", "20", "mean squared distance", 0.5},
                              {"steps", "0", "20", "mean squared distance", 0.3},
                              {"start", "5", "6", "mean squared distance", 0.0001},
                              {"pictures", "100", "1000", "mean squared distance", 0.01},
                              {"components", "0", "2", "mean squared distance", 0.5}}};

}  // namespace cairn::course
