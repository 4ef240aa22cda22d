#include <course/machinery/judge/judge.h>

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

// f(x) = sum_i w[i] x[i]^2 + x[0] * x[last]
struct Bowl {
  std::vector<double> w, x;
  double operator()(const std::vector<double>& at) const {
    double s = at.empty() ? 0 : at.front() * at.back();
    for (size_t i = 0; i < at.size(); i++) s += w[i] * at[i] * at[i];
    return s;
  }
};

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Point>("the slope of a curve")
      .also({{1, 3.0}, {0, 0.0}, {1, 1000.0}, {2, -0.5}})
      .draw([](judge::Draw& d) { return Point{int(d.integer(0, 4)), d.number()}; })
      .show([](const Point& p) { return std::string(curves[size_t(p.curve)].name) + " at x = " + judge::text(p.x); })
      .run([](const Answer& a, const Point& p, judge::Output& o) { o("central_difference", a.central_difference(curves[size_t(p.curve)].f, p.x)); })
      .tolerance(1e-8, 1e-8)  // f is known to about 1e-16 of its size, divided by 2 h = 2e-5
      .read("The maths");
  c.property<Bowl>("the gradient of a bowl")
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 2);
        return Bowl{d.numbers(n), d.numbers(n)};
      })
      .show([](const Bowl& b) { return "f(x) = sum w[i] x[i]^2 + x[first] x[last], w = " + judge::text(b.w) + ", x = " + judge::text(b.x); })
      .run([](const Answer& a, const Bowl& b, judge::Output& o) {
        std::vector<double> x = b.x;
        o("numeric_gradient", a.numeric_gradient(b, x));
        o("x afterwards", x);
      })
      .tolerance(1e-8, 1e-7)
      .read("The maths");
}
