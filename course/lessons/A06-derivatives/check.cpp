#include <course/machinery/judge/judge.h>

#include <algorithm>
#include <cmath>

namespace {

struct Curve {
  const char* name;
  std::function<double(double)> f;
};

const std::vector<Curve> curves = {{"f(x) = x", [](double x) { return x; }},
                                   {"f(x) = x^2", [](double x) { return x * x; }},
                                   {"f(x) = x^3 - 2 x", [](double x) { return x * x * x - 2 * x; }},
                                   {"f(x) = sin(3 x)", [](double x) { return std::sin(3 * x); }},
                                   {"f(x) = exp(x / 2)", [](double x) { return std::exp(x / 2); }}};

struct Point {
  int curve;
  double x;
};

// A function of many numbers: f(x) = sum_i w[i] x[i]^2 + x[0] x[last] + sin(x[0]), all of it scaled to the size of x.
struct Bowl {
  std::vector<double> w, x;
  double operator()(const std::vector<double>& at) const {
    double s = at.empty() ? 0 : at.front() * at.back() + std::sin(at.front());
    for (size_t i = 0; i < at.size(); i++) s += w[i] * at[i] * at[i];
    return s;
  }
};

// Where f was asked, in words: which sides of x, and how far from it beside the step that the exercise gives. A step of half or twice that
// size is as good, so only larger differences are spoken of.
struct Places {
  bool below = false, above = false, here = false, several = false, alone = false, small = false, large = false;
  void note(double x, double at) {
    const double asked = 1e-5 * std::max(1.0, std::abs(x)), step = std::abs(at - x);
    if (at == x) here = true;
    else (at < x ? below : above) = true;
    if (at != x) small |= step<0.4 * asked, large |= step> 2.5 * asked;
  }
  std::string text() const {
    if (!below && !above) return here ? "at x and nowhere beside it" : "nowhere";
    std::string s = below && above ? "on both sides of x" : "on one side of x";
    if (several) return s + (alone ? ", with several coordinates moved at once" : ", and never without the other coordinates");
    if (large) return s + ", by a step larger than asked for";
    return s + (small ? ", by a step smaller than asked for" : ", by the step asked for");
  }
};

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<double>("central_difference asks f beside x")
      .also({0.0, 1.0, 1000.0, -1000.0, -0.5, 1e6, -3.0})
      .draw([](judge::Draw& d) { return d.number() * (d.chance(0.3) ? 1000 : 1); })
      .show([](double x) { return "f(x) = x^2 at x = " + judge::text(x); })
      .run([](const Answer& a, double x, judge::Output& o) {
        Places places;
        a.central_difference(
            [&](double at) {
              places.note(x, at);
              return at * at;
            },
            x);
        o("f is asked", places.text());
      })
      .read("The maths");
  c.property<Point>("the slope of a curve")
      .also({{1, 3.0}, {0, 0.0}, {1, 1000.0}, {2, -0.5}, {2, -400.0}})
      .draw([](judge::Draw& d) {
        return Point{int(d.integer(0, 4)), d.number()};
      })
      .show([](const Point& p) { return std::string(curves[size_t(p.curve)].name) + " at x = " + judge::text(p.x); })
      .run([](const Answer& a, const Point& p, judge::Output& o) { o("central_difference", a.central_difference(curves[size_t(p.curve)].f, p.x)); })
      .tolerance(2e-7, 2e-7)  // the formula's own error, h^2 f''' / 6, is up to 1e-7 here: a more exact answer lies so far away
      .read("The maths");
  c.property<std::vector<double>>("numeric_gradient asks f with one coordinate moved")
      .also({{2.0}, {0.0, 1.0}, {3.0, -2000.0, 0.5}, {1e6, 0.0}, {}})
      .draw([](judge::Draw& d) {
        std::vector<double> x = d.numbers(d.integer(1, 2 + d.size / 3));
        for (double& v : x) v *= d.chance(0.3) ? 1000 : 1;
        return x;
      })
      .show([](const std::vector<double>& x) { return "f(x) = sum x[i]^2 at x = " + judge::text(x); })
      .run([](const Answer& a, const std::vector<double>& start, judge::Output& o) {
        std::vector<Places> places(start.size());
        std::vector<double> x = start;
        a.numeric_gradient(
            [&](const std::vector<double>& at) {
              double s = 0;
              int64_t moved = -1, count = 0;
              for (size_t i = 0; i < at.size() && i < start.size(); i++) {
                s += at[i] * at[i];
                // A coordinate that was put back by adding and subtracting h is off by a rounding or two: that is not moved.
                if (std::abs(at[i] - start[i]) > 1e-14 * std::max(1.0, std::abs(start[i]))) moved = int64_t(i), count++;
              }
              if (count == 1) places[size_t(moved)].alone = true, places[size_t(moved)].note(start[size_t(moved)], at[size_t(moved)]);
              if (count > 1)
                for (size_t i = 0; i < start.size(); i++) {
                  places[i].several = true;
                  places[i].note(start[i], at[i]);
                }
              return s;
            },
            x);
        for (size_t i = 0; i < start.size(); i++) o("for coordinate " + std::to_string(i) + " f is asked", places[i].text());
      })
      .read("The maths");
  c.property<Bowl>("the gradient of a bowl")
      .also({{{}, {}}, {{1}, {3}}, {{1, 2}, {0, -1}}, {{1, 0, 2}, {5, 5, 5}}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 2);
        return Bowl{d.numbers(n), d.numbers(n)};
      })
      .show([](const Bowl& b) {
        return "f(x) = sum w[i] x[i]^2 + x[first] x[last] + sin(x[first]), w = " + judge::text(b.w) + ", x = " + judge::text(b.x);
      })
      .run([](const Answer& a, const Bowl& b, judge::Output& o) {
        std::vector<double> x = b.x;
        o("numeric_gradient", a.numeric_gradient(b, x));
        o("x afterwards", x);
        o("numeric_gradient, asked again", a.numeric_gradient(b, x));
      })
      .tolerance(1e-8, 1e-7)
      .read("The maths");
  // To the last bit: what adding and subtracting h leaves over grows with every call.
  c.property<std::vector<double>>("x is as it was")
      .also({{0.1, 0.2, 0.3, 0.7, 1.1, 1.3, 2.3, -0.6, -1.7, 33.3, 1234.5, -0.013}})
      .draw([](judge::Draw& d) { return d.numbers(12, -5, 5); })
      .show([](const std::vector<double>& x) { return "f(x) = sum x[i]^2 at x = " + judge::text(x); })
      .run([](const Answer& a, const std::vector<double>& start, judge::Output& o) {
        std::vector<double> x = start;
        a.numeric_gradient(
            [](const std::vector<double>& at) {
              double s = 0;
              for (const double v : at) s += v * v;
              return s;
            },
            x);
        o("x is exactly as before", x == start);
      })
      .times(5)
      .read("Exercise");
}
