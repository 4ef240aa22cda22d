// A13: the trace explorer. Gradients on their way back through many layers: depth, width, scale of the weights and kind of bend may be chosen.
#include <cmath>

#include <course/machinery/figure.h>

#include "net.h"

namespace cairn::course {

namespace {

class Trace final : public Demo {
 public:
  void fields(Fields& f) override {
    f("depth", depth_, "how many layers", between(2, 60));
    f("width", width_, "numbers in a row of a layer", between(1, 100));
    f("batch", batch_, "rows", between(1, 200));
    f("scale", scale_, "deviation of the weights, times the root of the width", between(0.01, 10));
    f("bend", bend_, "what follows each product", one_of({"relu", "tanh", "none"}));
  }

  DemoResult run() override {
    const std::vector<double> sizes = a13::flow(size_t(depth_), size_t(width_), size_t(batch_), scale_, bend_);
    plot::Axes axes{.title = "size of the gradient that arrives at each layer's input", .x = {"layer"}, .y = {"root of the mean square", true}};
    std::vector<double> shown = sizes;
    for (double& s : shown) s = std::max(s, 1e-300);
    axes.add(plot::Line{.name = "gradient", .y = shown});
    std::vector<std::vector<std::string>> rows;
    for (int l = 1; l <= std::min(depth_, 3); l++) {
      const std::string w = std::to_string(width_), n = std::to_string(batch_);
      rows.push_back({"layer " + std::to_string(l), "h [" + n + ", " + w + "]", "W [" + w + ", " + w + "]", "dW = h^T du", "dh = du W^T"});
    }
    const double first = std::log10(std::max(sizes.front(), 1e-300)), last = std::log10(std::max(sizes.back(), 1e-300));
    DemoResult result;
    result.figure = {.title = "How gradients flow",
                     .panels = {axes, plot::Table{.title = "shapes", .header = {"", "from", "weights", "gradient of W", "sent on"}, .rows = rows}}};
    result.numbers = {
        {"log10 of the first layer's gradient", first}, {"log10 of the last layer's gradient", last}, {"log10 of first over last", first - last}};
    result.says = first < -6                   ? "Almost nothing comes back: each layer makes the gradient smaller, and the factors multiply."
                  : first > 3                  ? "The gradients explode: each layer makes them larger, and the factors multiply."
                  : std::abs(first - last) > 2 ? "The first layers get gradients of another size than the last ones."
                                               : "Gradients of about one size reach all layers.";
    return result;
  }

 private:
  int depth_ = 12, width_ = 32, batch_ = 64;
  double scale_ = 1.4;
  std::string bend_ = "relu";
};

}  // namespace

extern const LessonDemo A13_demo;
const LessonDemo A13_demo = {"A13",
                             "the trace explorer: what comes back through many layers",
                             [] { return std::unique_ptr<Demo>(new Trace); },
                             {{"depth", "3", "40", "log10 of the first layer's gradient", 0.01},
                              {"width", "4", "64", "log10 of the first layer's gradient", 0.02},
                              {"batch", "4", "128", "log10 of the first layer's gradient", 0.002},
                              {"scale", "0.5", "1.4", "log10 of the first layer's gradient", 4},
                              {"bend", "relu", "none", "log10 of the first layer's gradient", 0.5}}};

}  // namespace cairn::course
