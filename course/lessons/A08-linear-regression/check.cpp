#include <course/machinery/judge/judge.h>

#include <cmath>

namespace {

struct Table {
  std::vector<double> x, y, w;
  double b;
};

double mean_squared_error(const Table& t) {
  double sum = 0;
  for (size_t i = 0; i < t.y.size(); i++) {
    double error = t.b - t.y[i];
    for (size_t j = 0; j < t.w.size(); j++) error += t.w[j] * t.x[i * t.w.size() + j];
    sum += error * error;
  }
  return sum / double(t.y.size());
}

struct Points {
  std::vector<double> x, y;
};

std::string points_text(const Points& p) { return "x = " + judge::text(p.x) + ", y = " + judge::text(p.y); }

void note_line(const Answer& a, const Points& p, judge::Output& o) { o("{slope, intercept}", a.fit_line(p.x, p.y)); }

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Table>("the gradient of the mean squared error")
      .also({{{2}, {1}, {3}, 0},
             {{1}, {1}, {1}, 2},
             {{1, 2, 3, 4, 5, 6}, {1, 0}, {1, -1, 0.5}, 1},
             {{1, 2, 3}, {2, 3, 7}, {0}, 0},
             {{0, 0}, {1}, {5, 5}, 3}})
      .draw([](judge::Draw& d) {
        const int64_t rows = d.integer(1, 1 + d.size / 2), columns = d.integer(1, 1 + d.size / 3);
        return Table{d.numbers(rows * columns), d.numbers(rows), d.numbers(columns), d.number()};
      })
      .show([](const Table& t) {
        return "x = " + judge::matrix_text(int64_t(t.y.size()), int64_t(t.w.size()), t.x) + ", y = " + judge::text(t.y) +
               ", w = " + judge::text(t.w) + ", b = " + judge::text(t.b);
      })
      .run([](const Answer& a, const Table& t, judge::Output& o) { o("the gradient (w, then b)", a.mse_gradient(t.x, t.y, t.w, t.b)); })
      .slope_of("the gradient (w, then b)", "the mean squared error", mean_squared_error,
                [](Table& t, judge::Numbers& at) { at("w", t.w), at("b", t.b); })
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Points>("the best line")
      .also({{{0, 1}, {1, 3}},
             {{1, 2, 3}, {2, 3, 7}},
             {{-1, 0, 1}, {2, 2, 2}},
             {{2, 2, 5}, {1, 3, 8}},
             {{2, 5, 2}, {1, 8, 3}},
             {{5, 2, 2}, {8, 1, 3}},
             {{0, 1e-7}, {0, 1e-7}}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(2, 2 + d.size);
        Points p{d.numbers(n), d.numbers(n)};
        p.x[0] = p.x[1] + (d.chance(0.5) ? 1.5 : -2);  // not all equal: that is a property of its own
        return p;
      })
      .show(points_text)
      .run(note_line)
      .tolerance(1e-9, 1e-9)
      .read("The maths");
  c.property<Points>("a line through points above one another")
      .also({{{3}, {5}}, {{2, 2}, {1, 4}}, {{0, 0, 0, 0}, {1, -1, 3, 4}}})
      .draw([](judge::Draw& d) {
        // Counts and values whose mean is exact, so that a test for a spread of 0 is as good as one for equal x.
        const int64_t n = d.pick(std::vector<int64_t>{1, 2, 4, 8});
        return Points{std::vector<double>(size_t(n), double(d.integer(-40, 40)) / 4), d.numbers(n)};
      })
      .show(points_text)
      .run(note_line)
      .read("The maths");
  // Which of these leave a spread beside 0 depends on how the mean is computed, so that only whether all lines are flat is looked at.
  c.property<int>("equal x whose mean is rounded")
      .also({3})
      .show([](int n) { return "x = v, v, ..., from 3 to " + std::to_string(3 + n) + " times, y = 1, 2, 4, 1, 2, 4, ...; v = 0.1, 0.2, ..., 5"; })
      .run([](const Answer& a, int n, judge::Output& o) {
        bool flat = true;
        for (int times = 3; times <= 3 + n; times++)
          for (int tenths = 1; tenths <= 50; tenths++) {
            std::vector<double> x(size_t(times), tenths / 10.0), y;
            for (int i = 0; i < times; i++) y.push_back(i % 3 == 0 ? 1 : i % 3 == 1 ? 2 : 4);
            const std::vector<double> line = a.fit_line(x, y);
            flat = flat && line.size() == 2 && std::abs(line[0]) < 1e-9;
          }
        o("all these lines are flat", flat);
      })
      .read("The maths");
  // What rounding makes of huge sums differs from machine to machine, so that only its size is looked at.
  c.property<Points>("a line through points far from 0")
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(4, 5 + d.size);
        Points p{d.numbers(n, -5, 5), d.numbers(n, -5, 5)};
        const double start = d.number(1.5e9, 1.9e9);
        for (size_t i = 0; i < p.x.size(); i++) {
          p.x[i] = start + std::round(p.x[i] + 2 * double(i));
          p.y[i] += 3 * double(i);
        }
        return p;
      })
      .show(points_text)
      .run([](const Answer& a, const Points& p, judge::Output& o) {
        const std::vector<double> line = a.fit_line(p.x, p.y);
        if (line.size() != 2) return o("how many numbers", line.size());
        // The right slope by distances between points, which keep their digits.
        double up = 0, down = 0;
        for (size_t i = 0; i < p.x.size(); i++)
          for (size_t j = 0; j < i; j++) {
            up += (p.x[i] - p.x[j]) * (p.y[i] - p.y[j]);
            down += (p.x[i] - p.x[j]) * (p.x[i] - p.x[j]);
          }
        o("the slope is right to three digits", std::abs(line[0] - up / down) < 1e-3 * std::abs(up / down));
      })
      .times(25)
      .read("What goes wrong in practice");
}
