// A07: chords over two curves, a rate from small to too large, a race over a saddle, how long a saddle holds, and how seldom a point without
// slope is a minimum when there are many directions.
#include <algorithm>
#include <cmath>

#include <cairn/ops/ops.h>
#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include <cairn/base/random.h>

#include "race.h"

namespace cairn::course {

namespace {

void chords_over_curves(Book& book) {
  const auto panel = [](const std::string& title, double (*f)(double), double a, double b) {
    plot::Line curve{.name = "f"};
    for (int i = 0; i <= 100; i++) {
      const double x = -2 + 4.0 * i / 100;
      curve.x.push_back(x), curve.y.push_back(f(x));
    }
    plot::Axes axes{.title = title, .x = {"x", false, -2, 2}, .y = {"f", false, -1, 5}};
    axes.add(curve).add(plot::Line{.name = "chord", .x = {a, b}, .y = {f(a), f(b)}, .colour = 1});
    return axes;
  };
  book.figure("chords", {.title = "A chord over two curves",
                         .panels = {panel(
                                        "convex: x^2", [](double x) { return x * x; }, -1.2, 1.8),
                                    panel(
                                        "not convex: two wells", [](double x) { return std::pow(x * x - 1, 2) + 0.3 * x; }, -1.05, 1.05)},
                         .columns = 2});
}

// x^2 from x = 2: each step multiplies x by 1 - 2 rate.
void rates(Book& book) {
  std::vector<Frame> frames;
  for (const double rate : {0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.0, 1.02}) {
    plot::Line curve{.name = "x^2"};
    for (int i = 0; i <= 80; i++) curve.x.push_back(-3 + 6.0 * i / 80), curve.y.push_back(curve.x.back() * curve.x.back());
    std::vector<double> x = {2}, y = {4};
    for (int i = 0; i < 12; i++) x.push_back(x.back() * (1 - 2 * rate)), y.push_back(x.back() * x.back());
    plot::Axes axes{.x = {"x", false, -3, 3}, .y = {"f", false, 0, 8}};
    plot::Line way = plot::trajectory("twelve steps", x, y, 2);
    way.colour = 1;
    axes.add(curve).add(way);
    frames.push_back({said("%g", rate),
                      {.title = "Descent on a parabola", .panels = {axes}},
                      said("rate %g: each step multiplies x by %.2f; after twelve steps x is %.4f", rate, 1 - 2 * rate, x.back())});
  }
  book.slider("rates", "learning rate", std::move(frames));
}

const char* walker_names[] = {"descent", "momentum", "Adam"};

plot::Axes race_map(const a07::Surface& s, const std::vector<a07::Path>& paths, size_t steps, plot::Range x, plot::Range y,
                    const std::vector<double>& levels) {
  const plot::Grid grid{.x = x, .y = y, .rows = 50, .columns = 70};
  const auto height = [&](double a, double b) { return s.f(a, b); };
  plot::Axes axes{.x = {"x", false, x.low, x.high}, .y = {"y", false, y.low, y.high}};
  axes.add(plot::contours(grid, height, levels));
  for (size_t i = 0; i < paths.size(); i++) {
    const auto n = std::min(steps + 1, paths[i].x.size());
    plot::Line way =
        plot::trajectory(walker_names[i], {paths[i].x.begin(), paths[i].x.begin() + long(n)}, {paths[i].y.begin(), paths[i].y.begin() + long(n)}, 1);
    way.colour = int(i);
    axes.add(way);
  }
  return axes;
}

void race(Book& book) {
  const a07::Surface& s = a07::surface_named("saddle");
  std::vector<a07::Path> paths;
  for (const a07::Walker w : {a07::Walker::descent, a07::Walker::momentum, a07::Walker::adam})
    paths.push_back(a07::walk(s, w, 1.5, 0.001, 0.05, 0.9, 100));
  std::vector<Frame> frames;
  for (const size_t steps : {0, 2, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 100}) {
    plot::Axes losses{.x = {"step", false, 0, 100}, .y = {"f", false, -1.2, 2.5}, .height = 110};
    for (size_t i = 0; i < 3; i++) {
      plot::Line line{.name = walker_names[i], .colour = int(i)};
      for (size_t t = 0; t <= steps; t++) line.x.push_back(double(t)), line.y.push_back(paths[i].loss[t]);
      losses.add(line);
    }
    frames.push_back({std::to_string(steps),
                      {.title = "Three walkers at a saddle", .panels = {race_map(s, paths, steps, {-1.2, 1.8}, {-0.6, 2.1}, {}), losses}},
                      said("after %.0f steps f is %.2f for descent, %.2f with momentum, %.2f with Adam", double(steps), paths[0].loss[steps],
                           paths[1].loss[steps], paths[2].loss[steps])});
  }
  book.number("saddle_after_40", paths[0].loss[40]);
  book.number("momentum_after_40", paths[1].loss[40]);
  book.number("adam_after_40", paths[2].loss[40]);
  book.number("saddle_after_100", paths[0].loss[100]);
  book.slider("race", "steps", std::move(frames));
}

void other_surfaces(Book& book) {
  plot::Figure figure{.title = "The same three elsewhere", .columns = 2};
  const auto add = [&](const char* name, const char* title, a07::Point start, double rate, double momentum, int steps, plot::Range x, plot::Range y,
                       const std::vector<double>& levels) {
    const a07::Surface& s = a07::surface_named(name);
    std::vector<a07::Path> paths;
    for (const a07::Walker w : {a07::Walker::descent, a07::Walker::momentum, a07::Walker::adam})
      paths.push_back(a07::walk(s, w, start[0], start[1], w == a07::Walker::adam ? 0.05 : rate, momentum, steps));
    plot::Axes axes = race_map(s, paths, size_t(steps), x, y, levels);
    axes.title = title;
    figure.add(axes);
  };
  add("bowl", "a long bowl", {2.5, 0.8}, 0.05, 0.7, 60, {-1.5, 3}, {-1.2, 1.2}, {0.2, 0.8, 2, 4, 7});
  add("wells", "two wells", {1.8, 0.8}, 0.02, 0.8, 100, {-1.8, 2}, {-1.2, 1.2}, {-0.2, 0.1, 0.35, 0.7, 1, 2, 4});
  const a07::Path small = a07::walk(a07::surface_named("wells"), a07::Walker::descent, 0.3, 0.8, 0.02, 0, 2000),
                  other = a07::walk(a07::surface_named("wells"), a07::Walker::descent, -0.1, 0.8, 0.02, 0, 2000);
  book.number("right_well", small.loss.back()), book.number("left_well", other.loss.back());
  book.figure("others", std::move(figure));
}

void holding(Book& book) {
  plot::Line line{.name = "steps until f is below -0.5"};
  for (int k = 0; k <= 12; k++) {
    const double start = std::pow(10, -k);
    const a07::Path path = a07::walk(a07::surface_named("saddle"), a07::Walker::descent, 1, start, 0.05, 0, 1000);
    const auto gone = std::find_if(path.loss.begin(), path.loss.end(), [](double f) { return f < -0.5; });
    line.x.push_back(start), line.y.push_back(double(gone - path.loss.begin()));
    if (k == 3) book.number("held_near", line.y.back());
    if (k == 12) book.number("held_nearer", line.y.back());
  }
  const a07::Path ridge = a07::walk(a07::surface_named("saddle"), a07::Walker::descent, 1, 0, 0.05, 0, 1000);
  book.number("ridge", ridge.loss.back());
  plot::Axes axes{.x = {"how far from the ridge descent begins", true}, .y = {"steps", false, 0, 400}};
  axes.add(line);
  book.figure("holding", {.title = "How long a saddle holds", .panels = {axes}});
}

// Hessians drawn at random: symmetric, every entry a number of mean 0. How often do all curvatures have one sign?
void directions(Book& book) {
  Random random(7);
  plot::Bars bars{.name = "share of minima"};
  plot::Axes axes{.x = {"directions", false, {}, {}, {}}, .y = {"share of 2,000 random Hessians", false, 0, 0.55}};
  for (int n = 1; n <= 7; n++) {
    std::vector<double> values;
    for (int m = 0; m < 2000; m++) {
      std::vector<double> h(size_t(n * n));
      for (int r = 0; r < n; r++)
        for (int c = 0; c <= r; c++) h[size_t(r * n + c)] = h[size_t(c * n + r)] = random.normal() * (r == c ? std::sqrt(2.0) : 1);
      values.insert(values.end(), h.begin(), h.end());
    }
    const Tensor least = min(eigh(from_span(std::span<const double>(values), {2000, n, n}))[0], {-1});
    const double share = (least > 0).to(f64).mean().item();
    bars.y.push_back(share);
    axes.x.names.push_back(std::to_string(n));
    if (n == 1) book.number("share_1", share);
    if (n == 2) book.number("share_2", share);
    if (n == 5) book.number("share_5", share);
  }
  axes.add(bars);
  book.figure("directions", {.title = "A level point that bends up in every direction", .panels = {axes}});
}

void draw_a07(Book& book) {
  chords_over_curves(book);
  rates(book);
  race(book);
  other_surfaces(book);
  holding(book);
  directions(book);
}

}  // namespace

extern const LessonFigures A07_figures;
const LessonFigures A07_figures = {"A07", draw_a07};

}  // namespace cairn::course
