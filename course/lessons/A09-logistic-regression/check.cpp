#include <course/machinery/judge/judge.h>

#include <algorithm>
#include <cmath>

namespace {

struct Table {
  std::vector<double> z, y;
  size_t columns;
};

std::string shown(const Table& t) {
  const int64_t rows = int64_t(t.z.size() / t.columns), columns = int64_t(t.columns);
  return "z = " + judge::matrix_text(rows, columns, t.z) + ", y = " + judge::matrix_text(rows, columns, t.y) +
         ", columns = " + std::to_string(columns);
}

// By log(1 + exp(z)), of logits that are not huge.
double loss(const Table& t) {
  double sum = 0;
  for (size_t i = 0; i < t.z.size(); i++) sum += std::log(1 + std::exp(t.z[i])) - t.z[i] * t.y[i];
  return sum * double(t.columns) / double(t.z.size());
}
void logits(Table& t, judge::Numbers& at) { at("z", t.z); }

Table some(judge::Draw& d, int64_t rows, int64_t columns, double size) {
  Table t{d.numbers(rows * columns, -size, size), {}, size_t(columns)};
  for (const int64_t y : d.integers(rows * columns, 0, 1)) t.y.push_back(double(y));
  return t;
}

Table one(judge::Draw& d) { return {{d.size < 6 ? std::round(2 * d.number(-3, 3)) / 2 : d.number(-8, 8)}, {double(d.integer(0, 1))}, 1}; }
Table several(judge::Draw& d) { return some(d, d.integer(1, 2 + d.size / 3), d.integer(1, 2 + d.size / 3), 4); }
// Logits at which the exponential of one side leaves the range of a double, or its sum with 1 the digits.
Table huge(judge::Draw& d) { return {{d.number(40, 10000) * (d.chance(0.5) ? 1 : -1)}, {double(d.integer(0, 1))}, 1}; }

const std::vector<Table> single = {{{0}, {1}, 1}, {{0}, {0}, 1}, {{2}, {1}, 1}, {{2}, {0}, 1}, {{-3}, {1}, 1}, {{-3}, {0}, 1}};
const std::vector<Table> tables = {
    {{1, 2}, {1, 0}, 1}, {{1, 2}, {1, 0}, 2}, {{1, -2, 3, 0, 0.5, -1}, {1, 1, 0, 0, 1, 0}, 3}, {{1, -2, 3, 0, 0.5, -1}, {1, 1, 0, 0, 1, 0}, 2}};
const std::vector<Table> extreme = {{{1000}, {0}, 1}, {{1000}, {1}, 1}, {{-1000}, {1}, 1}, {{-1000}, {0}, 1},
                                    {{40}, {0}, 1},   {{-40}, {1}, 1},  {{10000}, {0}, 1}, {{-10000}, {1}, 1}};

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Table>("the loss of one answer")
      .also(single)
      .draw(one)
      .show(shown)
      .run([](const Answer& a, const Table& t, judge::Output& o) { o("bce_with_logits", a.bce_with_logits(t.z, t.y, t.columns)); })
      .read("By hand");
  c.property<Table>("the loss of a table")
      .also(tables)
      .draw(several)
      .show(shown)
      .run([](const Answer& a, const Table& t, judge::Output& o) { o("bce_with_logits", a.bce_with_logits(t.z, t.y, t.columns)); })
      .read("The maths");
  // In words, since a clamp may lie anywhere.
  c.property<Table>("the loss of a huge logit")
      .also(extreme)
      .draw(huge)
      .show(shown)
      .run([](const Answer& a, const Table& t, judge::Output& o) {
        const double right = (t.z[0] > 0) == (t.y[0] > 0.5) ? 0 : std::abs(t.z[0]), loss = a.bce_with_logits(t.z, t.y, t.columns);
        const double room = 1e-9 * std::max(1.0, right);
        o("the loss is", !std::isfinite(loss)  ? "infinite or not a number"
                         : loss < right - room ? "too small for this logit"
                         : loss > right + 1e-6 ? "larger than this logit allows"
                         : loss < 0            ? "below 0"
                                               : "right");
      })
      .read("What goes wrong in practice");
  c.property<Table>("the gradient of one answer")
      .also(single)
      .draw(one)
      .show(shown)
      .run([](const Answer& a, const Table& t, judge::Output& o) { o("bce_gradient", a.bce_gradient(t.z, t.y, t.columns)); })
      .slope_of("bce_gradient", "the loss", loss, logits)
      .read("The maths");
  c.property<Table>("the gradient of a table")
      .also(tables)
      .draw(several)
      .show(shown)
      .run([](const Answer& a, const Table& t, judge::Output& o) {
        o("bce_gradient", int64_t(t.z.size() / t.columns), int64_t(t.columns), a.bce_gradient(t.z, t.y, t.columns));
      })
      .slope_of("bce_gradient", "the loss", loss, logits)
      .read("The maths");
  c.property<Table>("the gradient of a huge logit")
      .also(extreme)
      .draw(huge)
      .show(shown)
      .run([](const Answer& a, const Table& t, judge::Output& o) {
        const double right = (t.z[0] > 0) - t.y[0], small = std::exp(-std::abs(t.z[0]));
        const std::vector<double> g = a.bce_gradient(t.z, t.y, t.columns);
        if (g.size() != 1) return o("how many numbers", g.size());
        // A clamp leaves its own small number, whichever that is.
        const double off = std::abs(g[0] - right);
        if (!(off <= 1e-2)) o("bce_gradient", g);
        else o("bce_gradient is", off <= small + 1e-12 ? "right" : "a little beside " + judge::text(right));
      })
      .read("What goes wrong in practice");
}
