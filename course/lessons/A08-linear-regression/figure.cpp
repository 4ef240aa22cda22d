// A08: a line through the body mass index and the progress of diabetes of 442 people: by descent, its residuals, the valley of its loss before and
// after scaling; and a made-up table with two columns that are almost the same.
#include <algorithm>
#include <cmath>

#include <cairn/base/random.h>
#include <cairn/data/registry.h>
#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "line.h"

namespace cairn::course {

namespace {

struct People {
  std::vector<double> x, y;  // body mass index (kg/m^2), progress of the disease after a year
};

People diabetes() {
  const Labelled table = load_dataset("diabetes", "all");
  const auto column = std::find(table.features.begin(), table.features.end(), "bmi") - table.features.begin();
  return {table.x.select(1, int64_t(column)).to_vector<double>(), table.y.to_vector<double>()};
}

plot::Scatter people_of(const People& p) { return {.name = "a person", .x = p.x, .y = p.y, .colour = 0}; }
plot::Line line_drawn(const std::string& name, const a08::Line& line, double low, double high, int colour) {
  return {.name = name, .x = {low, high}, .y = {line.at(low), line.at(high)}, .colour = colour};
}

void descent(Book& book, const People& p) {
  const std::vector<double> x = a08::standardized(p.x);
  const People scaled{x, p.y};
  const a08::Line best = a08::closed_form(x, p.y);
  std::vector<double> losses;
  std::vector<Frame> frames;
  a08::Line line;
  int done = 0;
  for (const int steps : {0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40}) {
    for (; done < steps; done++) {
      losses.push_back(a08::loss(line, x, p.y));
      line = a08::step(line, x, p.y, 0.08);
    }
    plot::Line curve{.name = "loss so far"};
    for (int i = 0; i <= steps; i++) {
      curve.x.push_back(i);
      curve.y.push_back(i < steps ? losses[size_t(i)] : a08::loss(line, x, p.y));
    }
    plot::Axes data{.title = "the line", .x = {"body mass index, standardised", false, -2.5, 4}, .y = {"progress", false, 0, 360}};
    data.add(people_of(scaled)).add(line_drawn("best line", best, -2.5, 4, 2)).add(line_drawn("descent", line, -2.5, 4, 1));
    plot::Axes below{.title = "its loss", .x = {"step", false, 0, 40}, .y = {"mean squared error", false, 0, 30000}, .height = 110};
    below.add(curve);
    frames.push_back({std::to_string(steps),
                      {.title = "A line walks to its place", .panels = {data, below}},
                      said("after %.0f steps the loss is %.0f; the best line has %.0f", steps, a08::loss(line, x, p.y), a08::loss(best, x, p.y))});
  }
  book.number("best_loss", a08::loss(best, x, p.y));
  book.number("loss_after_forty", a08::loss(line, x, p.y));
  book.slider("descent", "steps", std::move(frames));
}

void residuals(Book& book, const People& p) {
  const a08::Line best = a08::closed_form(p.x, p.y);
  plot::Axes data{.title = "every ninth person, and the error of the line", .x = {"body mass index (kg/m^2)"}, .y = {"progress"}};
  People few;
  std::vector<double> errors;
  double against_x = 0;
  for (size_t i = 0; i < p.x.size(); i++) {
    const double error = p.y[i] - best.at(p.x[i]);
    errors.push_back(error);
    against_x += error * p.x[i] / double(p.x.size());
    if (i % 9) continue;
    few.x.push_back(p.x[i]), few.y.push_back(p.y[i]);
    data.add(plot::Line{.x = {p.x[i], p.x[i]}, .y = {best.at(p.x[i]), p.y[i]}, .stroke = plot::Stroke::dashed, .colour = 3});
  }
  data.add(people_of(few)).add(line_drawn("best line", best, 18, 43, 2));
  plot::Axes around{.title = "residuals of all", .x = {"body mass index"}, .y = {"y - prediction"}};
  around.add(plot::Scatter{.x = p.x, .y = errors, .colour = 0}).add(plot::Line{.x = {18, 43}, .y = {0, 0}, .colour = 2});
  plot::Axes spread{.title = "how many of each size", .x = {"residual"}, .y = {"people"}};
  spread.add(plot::histogram("", errors, 24));
  book.number("slope", best.slope);
  book.number("intercept", best.intercept);
  book.number("residual_sum", a08::mean_of(errors));
  book.number("residual_against_x", against_x);
  book.number("root_loss", std::sqrt(a08::loss(best, p.x, p.y)));
  double spread_y = 0;
  for (const double y : p.y) spread_y += (y - a08::mean_of(p.y)) * (y - a08::mean_of(p.y)) / double(p.y.size());
  book.number("r2", 1 - a08::loss(best, p.x, p.y) / spread_y);
  book.figure("residuals", {.title = "What the line does not explain", .panels = {data, around, spread}});
}

// Steps until the loss is within a hundredth of the best one.
double steps_needed(const std::vector<double>& x, const std::vector<double>& y, double rate) {
  const double enough = 1.01 * a08::loss(a08::closed_form(x, y), x, y);
  a08::Line line;
  int steps = 0;
  for (; steps < 1000000 && a08::loss(line, x, y) > enough; steps++) line = a08::step(line, x, y, rate);
  return steps;
}

plot::Axes valley(const std::string& title, const People& p, double rate, plot::Range slopes, plot::Range intercepts) {
  const plot::Grid grid{.x = slopes, .y = intercepts, .rows = 60, .columns = 60};
  const auto height = [&](double slope, double intercept) { return std::log10(a08::loss({slope, intercept}, p.x, p.y)); };
  std::vector<double> slope, intercept;
  a08::Line line;
  for (int i = 0; i <= 200; i++) {
    slope.push_back(line.slope), intercept.push_back(line.intercept);
    line = a08::step(line, p.x, p.y, rate);
  }
  const a08::Line best = a08::closed_form(p.x, p.y);
  plot::Axes axes{.title = title, .x = {"slope", false, slopes.low, slopes.high}, .y = {"intercept", false, intercepts.low, intercepts.high}};
  plot::Heat colours = plot::surface(grid, height, "log10 of loss");
  colours.map = plot::ColourMap::spectrum;
  plot::Line path = plot::trajectory("two hundred steps", slope, intercept, 1);
  path.colour = 1;
  axes.add(colours).add(path).add(
      plot::Scatter{.name = "best line", .x = {best.slope}, .y = {best.intercept}, .symbol = plot::Symbol::diamond, .colour = 4});
  return axes;
}

void valleys(Book& book, const People& p) {
  const People scaled{a08::standardized(p.x), p.y};
  book.number("steps_raw", steps_needed(p.x, p.y, 0.001));
  book.number("steps_scaled", steps_needed(scaled.x, p.y, 0.1));
  book.figure("valleys", {.title = "The loss of every line",
                          .panels = {valley("as measured, rate 0.001", p, 0.001, {-5, 20}, {-200, 200}),
                                     valley("standardised, rate 0.1", scaled, 0.1, {-50, 150}, {-50, 250})},
                          .columns = 2});
}

// Two thermometers on one wall: the second shows the first one's value plus `apart` times a number of deviation 1. y = x1 + x2 + noise of 0.5.
struct Twins {
  std::vector<double> a, b, y;
};
Twins twins(int n, double apart, uint64_t seed) {
  Random random(seed);
  Twins t;
  for (int i = 0; i < n; i++) {
    t.a.push_back(random.normal());
    t.b.push_back(t.a.back() + apart * random.normal());
    t.y.push_back(t.a.back() + t.b.back() + 0.5 * random.normal());
  }
  return t;
}
double error_of(const Twins& t, double u, double v) {
  double s = 0;
  for (size_t i = 0; i < t.y.size(); i++) s += std::pow(u * t.a[i] + v * t.b[i] - t.y[i], 2) / double(t.y.size());
  return std::sqrt(s);
}

void alike(Book& book) {
  plot::Line closed{.name = "closed form"}, descended{.name = "200 steps of descent"}, closed_error = closed, descended_error = descended;
  const Twins fresh = twins(1000, 0.5, 8);  // later the second thermometer hangs elsewhere
  for (int k = 0; k <= 16; k++) {
    const double apart = std::pow(10, -k / 4.0);
    const Twins t = twins(50, apart, 7);
    double aa = 0, ab = 0, bb = 0, ay = 0, by = 0;
    for (size_t i = 0; i < t.y.size(); i++) {
      const double n = double(t.y.size());
      aa += t.a[i] * t.a[i] / n, ab += t.a[i] * t.b[i] / n, bb += t.b[i] * t.b[i] / n, ay += t.a[i] * t.y[i] / n, by += t.b[i] * t.y[i] / n;
    }
    const double determinant = aa * bb - ab * ab, u = (bb * ay - ab * by) / determinant, v = (aa * by - ab * ay) / determinant;
    double du = 0, dv = 0;
    for (int i = 0; i < 200; i++) {
      const double gu = 2 * (aa * du + ab * dv - ay), gv = 2 * (ab * du + bb * dv - by);
      du -= 0.1 * gu, dv -= 0.1 * gv;
    }
    const auto note = [&](plot::Line& line, double value) { line.x.push_back(apart), line.y.push_back(value); };
    note(closed, std::max(std::abs(u), std::abs(v)));
    note(descended, std::max(std::abs(du), std::abs(dv)));
    note(closed_error, error_of(fresh, u, v));
    note(descended_error, error_of(fresh, du, dv));
    if (k == 12) {
      book.number("closed_u", u), book.number("closed_v", v), book.number("descent_u", du), book.number("descent_v", dv);
      book.number("closed_error", closed_error.y.back()), book.number("descent_error", descended_error.y.back());
    }
  }
  plot::Axes weights{.title = "largest weight", .x = {"how far the columns are apart", true}, .y = {"size", true}};
  plot::Axes errors{.title = "root of the error, later", .x = {"how far the columns were apart", true}, .y = {"error", true}};
  weights.add(closed).add(descended), errors.add(closed_error).add(descended_error);
  book.figure("alike", {.title = "Two columns that are almost the same", .panels = {weights, errors}, .columns = 2});
}

void draw_a08(Book& book) {
  const People p = diabetes();
  book.number("people", double(p.x.size()));
  descent(book, p);
  residuals(book, p);
  valleys(book, p);
  alike(book);
}

}  // namespace

extern const LessonFigures A08_figures;
const LessonFigures A08_figures = {"A08", draw_a08};

}  // namespace cairn::course
