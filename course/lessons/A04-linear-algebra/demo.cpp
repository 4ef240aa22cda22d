// A04: a matrix of your own on the unit circle with power iteration, digits from few directions, and a convolution as a matrix.
#include <cmath>
#include <numbers>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "matrices.h"

namespace cairn::course {

namespace {

class Directions final : public Demo {
 public:
  void fields(Fields& f) override {
    f("a", a_, "row 0, column 0 of the matrix", between(-10, 10));
    f("b", b_, "row 0, column 1", between(-10, 10));
    f("c", c_, "row 1, column 0", between(-10, 10));
    f("d", d_, "row 1, column 1", between(-10, 10));
    f("angle", angle_, "where power iteration starts, in degrees", between(0, 360));
    f("steps", steps_, "steps of power iteration", between(0, 200));
    f("digit", digit_, "which of the digits is rebuilt", between(0, 1796));
    f("rank", rank_, "how many directions it is rebuilt from", between(1, 64));
    f("filter", filter_, "the filter that becomes a matrix", one_of({"blur", "edge", "sharpen"}));
  }

  DemoResult run() override {
    const Tensor m = tensor({{a_, b_}, {c_, d_}}, f64);
    const std::vector<Tensor> usv = svd(m);
    const double most = usv[1].at({0}), least = usv[1].at({1}), t = angle_ * std::numbers::pi / 180;
    plot::Line round{.name = "v, of length 1", .colour = 0}, ellipse{.name = "A v", .colour = 1};
    for (int i = 0; i <= 90; i++) {
      const double at = 2 * std::numbers::pi * i / 90, x = std::cos(at), y = std::sin(at);
      round.x.push_back(x), round.y.push_back(y);
      ellipse.x.push_back(a_ * x + b_ * y), ellipse.y.push_back(c_ * x + d_ * y);
    }
    plot::Axes circle{.title = "the circle and its image", .x = {"first"}, .y = {"second"}, .equal = true};
    circle.add(round).add(ellipse);
    plot::Arrows axes_of{.name = "sigma u", .colour = 2};
    for (int64_t k = 0; k < 2; k++)
      axes_of.dx.push_back(usv[1].at({k}) * usv[0].at({0, k})), axes_of.dy.push_back(usv[1].at({k}) * usv[0].at({1, k}));
    circle.add(axes_of);

    std::vector<double> errors = {1};
    if (most > 0) errors = a04::power_errors(m, tensor({std::cos(t), std::sin(t)}, f64), usv[2].select(0, 0), steps_);
    plot::Line path{.name = "distance from v 1"};
    for (size_t i = 0; i < errors.size() && std::isfinite(errors[i]); i++) path.x.push_back(double(i)), path.y.push_back(errors[i]);
    plot::Axes power{.title = "power iteration", .x = {"step"}, .y = {"distance", true}, .height = 120};
    power.add(path);

    const Tensor x = a04::digits(), again = a04::rebuilt(svd(x), rank_).select(0, digit_), one = x.select(0, digit_);
    plot::Images pictures{.title = "a digit, and the same from few directions", .columns = 2, .size = 120};
    pictures.tiles = {{image_of(one.reshape({8, 8}), 0, 16), "digit"}, {image_of(again.reshape({8, 8}), 0, 16), "rebuilt"}};
    const Tensor conv = a04::convolution_matrix(a04::filter_named(filter_), 5);
    plot::Axes heat{.title = filter_ + " as a matrix, 9 x 25", .x = {"pixel of the image"}, .y = {.label = "pixel of the result", .reversed = true}};
    heat.add(plot::Heat{.rows = 9, .columns = 25, .values = conv.to_vector<double>(), .label = "weight", .map = plot::ColourMap::diverging});

    DemoResult result;
    result.figure = {.title = "Directions of matrices", .panels = {circle, power, pictures, heat}};
    result.numbers = {{"largest singular value", most},
                      {"smallest singular value", least},
                      {"log10 of the distance after the steps", std::log10(std::isfinite(errors.back()) ? errors.back() : 1)},
                      {"error of the digit (%)", 100 * norm(again - one).item() / norm(one).item()},
                      {"sum of a row of the filter's matrix", conv.select(0, 0).sum().item()}};
    result.says =
        std::string(least > 0.95 * most
                        ? "The two singular values are nearly equal: the image is nearly a circle, and power iteration has no direction to prefer. "
                    : least < 1e-9 ? "The smaller singular value is 0: the matrix flattens the circle to a line. "
                                   : "The longest arrow of the image is sigma 1 u 1; power iteration finds the v that leads there. ") +
        "Each row of the filter's matrix holds the same nine weights, moved by a pixel.";
    return result;
  }

 private:
  double a_ = 2, b_ = 1, c_ = 0, d_ = 1.5, angle_ = 100;
  int steps_ = 10, digit_ = 0, rank_ = 10;
  std::string filter_ = "edge";
};

}  // namespace

extern const LessonDemo A04_demo;
const LessonDemo A04_demo = {"A04",
                             "a matrix on a circle, digits from few directions, a convolution as a matrix",
                             [] { return std::unique_ptr<Demo>(new Directions); },
                             {{"a", "2", "5", "largest singular value", 1},
                              {"b", "0", "4", "largest singular value", 1},
                              {"c", "0", "4", "largest singular value", 1},
                              {"d", "1.5", "0", "smallest singular value", 0.5},
                              {"angle", "20", "119", "log10 of the distance after the steps", 0.5},
                              {"steps", "1", "20", "log10 of the distance after the steps", 2},
                              {"digit", "0", "7", "error of the digit (%)", 1},
                              {"rank", "2", "40", "error of the digit (%)", 10},
                              {"filter", "blur", "edge", "sum of a row of the filter's matrix", 0.9}}};

}  // namespace cairn::course
