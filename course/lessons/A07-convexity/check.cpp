#include <course/machinery/judge/judge.h>

#include <cmath>

namespace {

// f(x) = sum_i w[i] x[i]^2 + sum_i c x[i] x[i + 1], walked down from x.
struct Walk {
  std::vector<double> w, x;
  double c, rate;
  int steps;
  double tolerance;
};

double height(const Walk& s, const std::vector<double>& x) {
  double f = 0;
  for (size_t i = 0; i < x.size(); i++) f += s.w[i] * x[i] * x[i] + (i + 1 < x.size() ? s.c * x[i] * x[i + 1] : 0);
  return f;
}

std::vector<double> slope(const Walk& s, const std::vector<double>& x) {
  std::vector<double> g;
  for (size_t i = 0; i < x.size(); i++) g.push_back(2 * s.w[i] * x[i] + s.c * ((i + 1 < x.size() ? x[i + 1] : 0) + (i > 0 ? x[i - 1] : 0)));
  return g;
}

std::string walk_text(const Walk& s) {
  return "f(x) = sum w[i] x[i]^2 + " + judge::text(s.c) + " sum x[i] x[i + 1], w = " + judge::text(s.w) + ", from " + judge::text(s.x) +
         ", rate = " + judge::text(s.rate) + ", steps = " + judge::text(double(s.steps)) + ", tolerance = " + judge::text(s.tolerance);
}

void note_walk(const Answer& a, const Walk& s, judge::Output& o) {
  const auto rows = a.gradient_descent([&](const std::vector<double>& x) { return height(s, x); },
                                       [&](const std::vector<double>& x) { return slope(s, x); }, s.x, s.rate, s.steps, s.tolerance);
  o("rows of the history", int64_t(rows.size()));
  for (size_t i = 0; i < rows.size(); i++) o("row " + std::to_string(i), rows[i]);
}

struct Bend {
  double fxx, fxy, fyy;
};

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Walk>("descent without an early stop")
      .also({{{1}, {2}, 0, 0.25, 1, 0}, {{1, 0.5}, {1, 2}, 1, 0.25, 2, 0}, {{1}, {3}, 0, 0.25, 0, 0}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 4);
        std::vector<double> x = d.numbers(n);
        x[0] += x[0] < 0 ? -0.25 : 0.25;  // never at a point without slope
        return Walk{d.numbers(n, 0.25, 1.5), x, double(d.integer(1, 3)) / 4, double(d.integer(1, 6)) / 16, int(d.integer(1, 2 + d.size / 2)), 0};
      })
      .show(walk_text)
      .run(note_walk)
      .tolerance(1e-10, 1e-10)
      .read("The maths");
  c.property<Walk>("descent that stops where the gradient is small")
      .also({{{1}, {0}, 0, 0.25, 3, 0}, {{1, -1}, {0, 0}, 0, 0.1, 4, 0}, {{2, 1}, {0, 3}, 0, 0.125, 3, 0.5}, {{1, 1}, {1, 1}, 0, 0.25, 9, 0.6}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 4);
        return Walk{d.numbers(n, 0.25, 1.5), d.numbers(n), 0.25, d.number(0.1, 0.4), int(d.integer(4, 12)), d.number(0.05, 1.5)};
      })
      .show(walk_text)
      .run(note_walk)
      .tolerance(1e-10, 1e-10)
      .read("The maths");
  c.property<Bend>("minimum, maximum or saddle")
      .also({{2, 0, 2},
             {-2, 0, -1},
             {2, 0, -2},
             {1, 2, 1},
             {-1, 2, -1},
             {2, 0.5, 1},
             {0, 1, 0},
             {0, -3, 5},
             {-4, 1, -1},
             {0.5, 0, 3},
             {-0.5, 0.25, -2}})
      .draw([](judge::Draw& d) {
        Bend b{d.number(), d.number(), d.number()};
        if (std::abs(b.fxx * b.fyy - b.fxy * b.fxy) < 0.1) b.fxy += 1, b.fxx += 20, b.fyy += 20;
        return b;
      })
      .show([](const Bend& b) { return "fxx = " + judge::text(b.fxx) + ", fxy = " + judge::text(b.fxy) + ", fyy = " + judge::text(b.fyy); })
      .run([](const Answer& a, const Bend& b, judge::Output& o) { o("kind_of_point", a.kind_of_point(b.fxx, b.fxy, b.fyy)); })
      .read("The maths");
  // Only such flat ones whose curvatures come out exactly, by determinant and by eigenvalues.
  c.property<Bend>("a direction without bend")
      .also({{0, 0, 0}, {2, 0, 0}, {0, 0, 3}, {-2, 0, 0}, {0, 0, -1}, {1, 1, 1}, {1, -1, 1}, {-2, 2, -2}})
      .draw([](judge::Draw& d) {
        const double v = double(d.integer(-8, 8)) / 2;
        return d.chance(0.4) ? Bend{v, 0, 0} : d.chance(0.5) ? Bend{0, 0, v} : Bend{v, d.chance(0.5) ? v : -v, v};
      })
      .show([](const Bend& b) { return "fxx = " + judge::text(b.fxx) + ", fxy = " + judge::text(b.fxy) + ", fyy = " + judge::text(b.fyy); })
      .run([](const Answer& a, const Bend& b, judge::Output& o) { o("kind_of_point", a.kind_of_point(b.fxx, b.fxy, b.fyy)); })
      .times(20)
      .read("The maths");
}
