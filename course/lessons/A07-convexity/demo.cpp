// A07: optimisers race on a surface that you choose.
#include <algorithm>
#include <cmath>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "race.h"

namespace cairn::course {

namespace {

class Race final : public Demo {
 public:
  void fields(Fields& f) override {
    f("surface", surface_, "what they walk on", one_of({"bowl", "saddle", "wells", "bend"}));
    f("x", x_, "where they start, to the right", between(-3, 3));
    f("y", y_, "where they start, upwards", between(-3, 3));
    f("rate", rate_, "learning rate of all three", between(0, 2));
    f("momentum", momentum_, "share of the last step that momentum keeps", between(0, 0.99));
    f("steps", steps_, "how many steps", between(0, 5000));
  }

  DemoResult run() override {
    const a07::Surface& s = a07::surface_named(surface_);
    const plot::Range across{-2.5, 2.5}, up{-2, 2.5};
    plot::Axes map{.title = surface_, .x = {"x", false, across.low, across.high}, .y = {"y", false, up.low, up.high}};
    plot::Axes losses{.title = "height above the lowest point of the three", .x = {"step"}, .y = {"f - lowest", true}, .height = 130};
    const plot::Grid grid{.x = across, .y = up, .rows = 60, .columns = 80};
    map.add(plot::contours(grid, [&](double a, double b) { return s.f(a, b); }, {-0.9, -0.5, -0.2, 0.1, 0.5, 1, 2, 4, 8, 16, 40, 100}));
    const char* names[] = {"descent", "momentum", "Adam"};
    std::vector<a07::Path> paths;
    for (const a07::Walker w : {a07::Walker::descent, a07::Walker::momentum, a07::Walker::adam})
      paths.push_back(a07::walk(s, w, x_, y_, rate_, momentum_, steps_));
    double lowest = paths[0].loss[0];
    for (const a07::Path& p : paths)
      for (const double v : p.loss) lowest = std::min(lowest, v);

    DemoResult result;
    bool away = false;
    for (size_t i = 0; i < 3; i++) {
      plot::Line way = plot::trajectory(names[i], paths[i].x, paths[i].y, 1), height{.name = names[i], .colour = int(i)};
      way.colour = int(i);
      map.add(way);
      for (size_t t = 0; t < paths[i].loss.size(); t++) height.x.push_back(double(t)), height.y.push_back(paths[i].loss[t] - lowest + 1e-9);
      losses.add(height);
      result.numbers.emplace_back(std::string("f after ") + names[i], std::min(paths[i].loss.back(), 1e9));
      away = away || paths[i].away;
    }
    const a07::Point slope = s.gradient(paths[0].x.back(), paths[0].y.back());
    const double length = std::min(std::hypot(slope[0], slope[1]), 1e9);
    result.numbers.emplace_back("length of descent's last gradient", length);
    result.figure = {.title = "Three walkers", .panels = {map, losses}};
    result.says = away            ? "At least one of them left the plane: its rate is too large for the steepest bend. Lower it."
                  : length < 1e-6 ? "Descent stands where the gradient is 0. Whether that is a minimum or a saddle, the second derivatives must "
                                    "tell: move the start a little and see."
                                  : "Descent is still on its way. Compare the slopes of the three curves, then give it more steps or another rate.";
    return result;
  }

 private:
  std::string surface_ = "saddle";
  double x_ = 1.5, y_ = 0.01, rate_ = 0.05, momentum_ = 0.9;
  int steps_ = 60;
};

}  // namespace

extern const LessonDemo A07_demo;
const LessonDemo A07_demo = {"A07",
                             "descent, momentum and Adam race on a bowl, a saddle, two wells and a bend",
                             [] { return std::unique_ptr<Demo>(new Race); },
                             {{"surface", "saddle", "bowl", "f after descent", 0.5},
                              {"x", "1.5", "-3", "f after Adam", 0.001},
                              {"y", "0", "1", "f after descent", 0.5},
                              {"rate", "0.001", "0.1", "f after descent", 0.5},
                              {"momentum", "0", "0.98", "f after momentum", 0.05},
                              {"steps", "10", "200", "f after descent", 0.5}}};

}  // namespace cairn::course
