// A06: slopes as chords and as tangents, the error of a difference against its step, a Jacobian and a Hessian as pictures.
#include <cmath>
#include <numbers>

#include <course/machinery/figure.h>

namespace cairn::course {

namespace {

plot::Line curve(const std::string& name, double low, double high, const std::function<double(double)>& f) {
  plot::Line line{.name = name};
  for (int i = 0; i <= 120; i++) {
    const double x = low + (high - low) * i / 120;
    line.x.push_back(x);
    line.y.push_back(f(x));
  }
  return line;
}

plot::Scatter dot(const std::string& name, double x, double y, int colour) { return {.name = name, .x = {x}, .y = {y}, .size = 4, .colour = colour}; }

// The tangent of the sine at x above, and its slope as a point of the curve below.
void tangent(Book& book) {
  std::vector<Frame> frames;
  for (int i = 0; i < 17; i++) {
    const double x = -4 + 0.5 * i, slope = std::cos(x);
    plot::Axes above{.title = "f(x) = sin x", .x = {"x", false, -5, 5}, .y = {"f", false, -1.6, 1.6}, .height = 170};
    above.add(curve("f", -5, 5, [](double t) { return std::sin(t); }));
    plot::Line touching = curve("tangent", x - 1.2, x + 1.2, [=](double t) { return std::sin(x) + slope * (t - x); });
    touching.colour = 1;
    above.add(touching);
    above.add(dot("", x, std::sin(x), 1));
    plot::Axes below{.title = "its slope", .x = {"x", false, -5, 5}, .y = {"slope", false, -1.6, 1.6}, .height = 120};
    plot::Line sofar = curve("slope so far", -5, x, [](double t) { return std::cos(t); });
    sofar.colour = 2;
    below.add(sofar);
    below.add(dot("here", x, slope, 1));
    frames.push_back(
        {said("%.1f", x), {.title = "The slope of the sine", .panels = {above, below}}, said("at x = %.1f the slope is %.2f", x, slope)});
  }
  book.slider("tangent", "x", std::move(frames));
}

// Chords of x^3 around 1, from wide to narrow; every second frame halves h.
void narrowing_chords(Book& book) {
  const auto f = [](double x) { return x * x * x; };
  std::vector<Frame> frames;
  for (int i = 0; i < 14; i++) {
    const double h = std::pow(0.5, i / 2.0), one = (f(1 + h) - f(1)) / h, both = (f(1 + h) - f(1 - h)) / (2 * h);
    if (i == 0) book.number("one_at_1", one - 3), book.number("both_at_1", both - 3);
    if (i == 2) book.number("one_at_half", one - 3), book.number("both_at_half", both - 3);
    plot::Axes axes{.x = {"x", false, -0.1, 2.1}, .y = {"f", false, -1, 8}};
    axes.add(curve("x^3", -0.1, 2.05, f));
    plot::Line right = curve("from x to x + h", 0, 2, [=](double x) { return 1 + one * (x - 1); });
    right.stroke = plot::Stroke::dashed, right.colour = 1;
    plot::Line middle = curve("from x - h to x + h", 0, 2, [=](double x) { return f(1 - h) + both * (x - 1 + h); });
    middle.colour = 2;
    axes.add(right).add(middle);
    axes.add(plot::Scatter{.x = {1 - h, 1, 1 + h}, .y = {f(1 - h), 1, f(1 + h)}, .size = 4, .colour = 3});
    frames.push_back({said("%.3f", h),
                      {.title = "Two chords at x = 1", .panels = {axes}},
                      said("h = %.3f: slope %.4f from one side, %.4f from both; the tangent's is 3", h, one, both)});
  }
  book.slider("chords", "h", std::move(frames));
}

// The error of three differences for sin at 1, over sixteen powers of ten.
void errors(Book& book) {
  plot::Line one{.name = "one side, double"}, both{.name = "both sides, double"}, shorter{.name = "both sides, float"};
  double best = 1, best_h = 0;
  const double right = std::cos(1.0);
  const auto note = [](plot::Line& line, double h, double error) {
    line.x.push_back(h);
    line.y.push_back(std::max(error, 1e-13));
  };
  for (int i = 4; i <= 60; i++) {
    const double h = std::pow(10, -i / 4.0);
    note(one, h, std::abs((std::sin(1 + h) - std::sin(1)) / h - right));
    const double e = std::abs((std::sin(1 + h) - std::sin(1 - h)) / (2 * h) - right);
    note(both, h, e);
    if (e < best) best = e, best_h = h;
    if (i > 32) continue;
    const float up = std::sin(1 + float(h)), down = std::sin(1 - float(h));
    note(shorter, h, std::abs(double((up - down) / (2 * float(h))) - right));
  }
  const auto error = [&](double h) { return std::abs((std::sin(1 + h) - std::sin(1 - h)) / (2 * h) - right); };
  book.number("best_h", best_h);
  book.number("best_error", best);
  book.number("error_large", error(1e-2));
  book.number("error_middle", error(1e-5));
  book.number("error_small", error(1e-12));
  plot::Axes axes{.x = {"step h", true}, .y = {"error of the slope", true}};
  axes.add(one).add(both).add(shorter);
  book.figure("errors", {.title = "Error of the slope of sin at x = 1", .panels = {axes}});
}

// What a map does to small squares: (r, a) -> (r cos a, r sin a).
void jacobian(Book& book) {
  plot::Axes from{.title = "squares of (r, a)", .x = {"r", false, 0, 3}, .y = {"a", false, 0, 2.2}, .equal = true},
      to{.title = "where they go", .x = {"r cos a", false, -1.8, 3}, .y = {"r sin a", false, 0, 2.2}, .equal = true};
  int colour = 0;
  for (const auto& [r, a] : {std::pair{0.5, 0.3}, std::pair{1.5, 0.3}, std::pair{2.5, 0.3}, std::pair{1.5, 1.6}}) {
    const double s = 0.2;
    plot::Line square{.name = said("r = %.1f, a = %.1f", r, a), .colour = colour}, image{.colour = colour};
    const auto edge = [&](double r0, double a0, double r1, double a1) {
      for (int i = 0; i <= 10; i++) {
        const double rr = r0 + (r1 - r0) * i / 10, aa = a0 + (a1 - a0) * i / 10;
        square.x.push_back(rr), square.y.push_back(aa);
        image.x.push_back(rr * std::cos(aa)), image.y.push_back(rr * std::sin(aa));
      }
    };
    edge(r - s, a - s, r + s, a - s), edge(r + s, a - s, r + s, a + s), edge(r + s, a + s, r - s, a + s), edge(r - s, a + s, r - s, a - s);
    from.add(square), to.add(image);
    colour++;
  }
  book.figure("jacobian", {.title = "A map, and how it stretches", .panels = {from, to}, .columns = 2});
}

// f = x^2 - y^2 + xy / 2 through the origin: its curvature depends on the direction in which you walk.
void hessian(Book& book) {
  plot::Axes walks{.title = "f along three directions", .x = {"distance t", false, -1, 1}, .y = {"f", false, -1.1, 1.1}};
  const auto f = [](double x, double y) { return x * x - y * y + x * y / 2; };
  for (const int degrees : {0, 45, 90}) {
    const double a = degrees * std::numbers::pi / 180;
    walks.add(curve(std::to_string(degrees) + " degrees", -1, 1, [&](double t) { return f(t * std::cos(a), t * std::sin(a)); }));
  }
  plot::Axes curvature{.title = "second derivative by direction", .x = {"degrees", false, 0, 180}, .y = {"curvature"}};
  curvature.add(curve("", 0, 180, [&](double d) {
    const double a = d * std::numbers::pi / 180;
    return 2 * f(std::cos(a), std::sin(a));
  }));
  book.figure("hessian", {.title = "One point, many curvatures", .panels = {walks, curvature}, .columns = 2});
}

void draw_a06(Book& book) {
  tangent(book);
  narrowing_chords(book);
  errors(book);
  jacobian(book);
  hessian(book);
}

}  // namespace

extern const LessonFigures A06_figures;
const LessonFigures A06_figures = {"A06", draw_a06};

}  // namespace cairn::course
