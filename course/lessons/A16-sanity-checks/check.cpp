#include <course/machinery/judge/judge.h>

#include <algorithm>
#include <cmath>

namespace {

using Numbers = std::vector<double>;

struct Table {
  int columns;
  Numbers x;
};
struct Regression {
  Numbers x, y, w, gradient;
};
struct Step {
  Numbers w, gradient;
  double rate;
};

// ---- what the checks are given: right versions, the bug as it came, and its symptom hidden

// power 1: divided by the deviation; 2: by its square, as it came. `scaled`: each column is then divided by its largest magnitude.
Numbers normalised(const Numbers& x, int columns, double power, bool scaled, double high = 1e300) {
  Numbers z(x.size(), 0.0);
  const size_t d = size_t(columns), rows = x.size() / d;
  for (size_t j = 0; j < d; j++) {
    double sum = 0, squares = 0, largest = 0;
    bool equal = true;
    for (size_t i = rows; i-- > 0;) sum += x[i * d + j], equal = equal && x[i * d + j] == x[j];
    for (size_t i = 0; i < rows; i++) squares += std::pow(x[i * d + j] - sum / double(rows), 2);
    const double deviation = std::sqrt(squares / double(rows));
    for (size_t i = 0; i < rows && !equal; i++) {
      z[i * d + j] = std::clamp((x[i * d + j] - sum / double(rows)) / std::pow(deviation, power), -high, high);
      largest = std::max(largest, std::abs(z[i * d + j]));
    }
    for (size_t i = 0; i < rows && scaled && largest > 0; i++) z[i * d + j] /= largest;
  }
  return z;
}

const std::vector<const char*> normalises = {"a right version", "the version that the file came with", "a right version that adds in another order",
                                             "the version that the file came with, its values then cut to -3 and 3",
                                             "the version that the file came with, its columns then divided by their largest value"};
Numbers normalise(int which, const Numbers& x, int columns) {
  if (which == 0) return solution_::normalise(x, columns);
  return which == 2 ? normalised(x, columns, 1, false) : normalised(x, columns, 2, which == 4, which == 3 ? 3 : 1e300);
}

// The sums of the gradient, divided by `weights` and by `bias`, are added; at most with the length `longest`.
void add(const Numbers& x, const Numbers& y, const Numbers& w, Numbers& gradient, double weights, double bias, double longest = 1e300) {
  const size_t d = w.size() - 1;
  Numbers sum(w.size(), 0.0);
  for (size_t i = y.size(); i-- > 0;) {
    double p = w[d];
    for (size_t j = 0; j < d; j++) p += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) sum[j] += 2 * (p - y[i]) * x[i * d + j] / weights;
    sum[d] += 2 * (p - y[i]) / bias;
  }
  double length = 0;
  for (const double s : sum) length += s * s;
  length = std::sqrt(length);
  for (size_t j = 0; j < sum.size() && j < gradient.size(); j++) gradient[j] += sum[j] * (length > longest ? longest / length : 1);
}
const std::vector<const char*> gradients = {"a right version",
                                            "the version that the file came with",
                                            "a right version that adds in another order",
                                            "the version that the file came with, cut to the length 1",
                                            "the version that the file came with, mended for the bias alone",
                                            "the version that the file came with, mended for the weights alone",
                                            "the version that the file came with, shorter by the root of two"};
void gradient(int which, const Numbers& x, const Numbers& y, const Numbers& w, Numbers& g) {
  if (which == 0) return solution_::add_gradient(x, y, w, g);
  const double rows = double(y.size()), columns = double(w.size()) - 1;
  // The last one tells a square table from a comparison of one side; no table makes it right, as the root of two is no ratio of whole numbers.
  const double part = which == 6 ? std::sqrt(0.5) : 1;
  add(x, y, w, g, (which == 2 || which == 5 ? rows : columns) / part, (which == 2 || which == 4 ? rows : columns) / part, which == 3 ? 1 : 1e300);
}

const std::vector<const char*> steps = {"a right version",
                                        "the version that the file came with",
                                        "a right version that goes from the last weight to the first",
                                        "the version that the file came with, the gradient then halved",
                                        "the version that the file came with, at a tenth of the rate",
                                        "a version that sets the gradient to 0 before the weights move"};
void step(int which, Numbers& w, Numbers& g, double rate) {
  if (which == 0) return solution_::sgd_step(w, g, rate);
  if (which == 5) std::fill(g.begin(), g.end(), 0.0);
  for (size_t j = std::min(w.size(), g.size()); j-- > 0;) w[j] -= (which == 4 ? rate / 10 : rate) * g[j];
  if (which == 2) std::fill(g.begin(), g.end(), 0.0);
  if (which == 3)
    for (double& v : g) v /= 2;
}

auto any_of(const std::vector<const char*>& list) {
  return [&list](judge::Draw& d) { return int(d.integer(0, int64_t(list.size()) - 1)); };
}
auto named(const std::vector<const char*>& list) {
  return [&list](int which) { return std::string(list[size_t(which)]); };
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Table>("normalise")
      .also({{1, {1, 3}},
             {1, {1, 5}},
             {2, {2, 10, 2, 20, 2, 10, 2, 20, 7, 15}},
             {1, {4}},
             {1, {1, 3, 1}},
             {3, {1, 2, 3}},
             {2, {5, 1, 5, 2, 5, 4, 5, 8}},
             {1, {1e4, -1e4, 0}},
             {1, {0.5, 0.55, 0.5, 0.55}},
             {1, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13}}})
      .draw([](judge::Draw& d) {
        const int columns = int(d.integer(1, 1 + d.size / 3));
        // A constant column has 1, 2, 4 or 8 rows: their mean is exact, so that a test for a deviation of 0 is as good as one for equal values.
        const bool constant = d.chance(0.3);
        const int64_t rows = constant ? int64_t(1) << d.integer(0, 3) : d.integer(1, 1 + d.size);
        Table t{columns, d.numbers(rows * columns)};
        if (constant)
          for (int64_t i = 0; i < rows; i++) t.x[size_t(i * columns)] = 0.75;
        else if (rows > 1)
          for (int64_t j = 0; j < columns; j++) t.x[size_t(j)] = t.x[size_t(columns + j)] + (d.chance(0.5) ? 1 : -2);
        return t;
      })
      .show([](const Table& t) {
        return std::to_string(t.columns) + " columns, x = " + judge::matrix_text(int64_t(t.x.size()) / t.columns, t.columns, t.x);
      })
      .run([](const Answer& a, const Table& t, judge::Output& o) {
        o("normalise", int64_t(t.x.size()) / t.columns, t.columns, a.normalise(t.x, t.columns));
      })
      .tolerance(1e-9, 1e-9)
      .read("The maths");
  c.property<int>("check_normalise tells right from wrong")
      .also({1, 0, 2, 3, 4})
      .draw(any_of(normalises))
      .show(named(normalises))
      .run([](const Answer& a, int which, judge::Output& o) {
        bool called = false;  // a check that gives false without a look is the starter's
        o("check_normalise", a.check_normalise([&](const Numbers& x, int columns) { return called = true, normalise(which, x, columns); }));
        o("it calls the candidate", called);
      })
      .times(6)
      .read("The maths");
  c.property<Regression>("add_gradient")
      .also({{{1, 2, 3}, {1, 0, 2}, {0, 0}, {0, 0}},
             {{1, 2, 3, 4, 5, 6}, {1, 0}, {1, -1, 0.5, 1}, {0, 0, 0, 0}},
             {{2}, {1}, {3, 0}, {0, 0}},
             {{1, 2, 3, 4}, {1, -1}, {1, 0, 2}, {0, 0, 0}},
             {{1, 2, 3}, {2, 3, 7}, {1, 0}, {10, -20}},
             {{1, 2, 3}, {1, 2, 3}, {1, 0}, {1, 2}},
             {{0.1}, {0}, {1, 0}, {0, 0}}})
      .draw([](judge::Draw& d) {
        const int64_t rows = d.integer(1, 1 + d.size / 2), columns = d.integer(1, 1 + d.size / 3);
        return Regression{d.numbers(rows * columns), d.numbers(rows), d.numbers(columns + 1),
                          d.chance(0.5) ? d.numbers(columns + 1) : Numbers(size_t(columns + 1), 0.0)};
      })
      .show([](const Regression& r) {
        return "x = " + judge::matrix_text(int64_t(r.y.size()), int64_t(r.w.size()) - 1, r.x) + ", y = " + judge::text(r.y) +
               ", w = " + judge::text(r.w) + ", gradient before = " + judge::text(r.gradient);
      })
      .run([](const Answer& a, const Regression& r, judge::Output& o) {
        Numbers g = r.gradient;
        a.add_gradient(r.x, r.y, r.w, g);
        o("gradient", g);
      })
      .tolerance(1e-10, 1e-10)
      .read("The maths");
  c.property<int>("check_gradient tells right from wrong")
      .also({1, 0, 2, 3, 4, 5, 6})
      .draw(any_of(gradients))
      .show(named(gradients))
      .run([](const Answer& a, int which, judge::Output& o) {
        bool called = false;
        o("check_gradient",
          a.check_gradient([&](const Numbers& x, const Numbers& y, const Numbers& w, Numbers& g) { called = true, gradient(which, x, y, w, g); }));
        o("it calls the candidate", called);
      })
      .times(6)
      .read("The maths");
  c.property<Step>("sgd_step")
      .also({{{1}, {2}, 0.5}, {{1, -2}, {0, 4}, 0.25}, {{3}, {0}, 1}, {{1, 2, 3}, {1, 1, 1}, 0}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 2);
        return Step{d.numbers(n), d.numbers(n), d.number(0, 1)};
      })
      .show([](const Step& s) { return "w = " + judge::text(s.w) + ", gradient = " + judge::text(s.gradient) + ", rate = " + judge::text(s.rate); })
      .run([](const Answer& a, const Step& s, judge::Output& o) {
        Numbers w = s.w, g = s.gradient;
        a.sgd_step(w, g, s.rate);
        o("w", w);
        o("gradient afterwards", g);
      })
      .tolerance(1e-12, 1e-12)
      .read("The maths");
  c.property<int>("check_step tells right from wrong")
      .also({1, 0, 2, 3, 4, 5})
      .draw(any_of(steps))
      .show(named(steps))
      .run([](const Answer& a, int which, judge::Output& o) {
        bool called = false;
        o("check_step", a.check_step([&](Numbers& w, Numbers& g, double rate) { called = true, step(which, w, g, rate); }));
        o("it calls the candidate", called);
      })
      .times(6)
      .read("The maths");
}
