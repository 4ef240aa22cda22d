// A03: tables whose columns differ in size by thousands, with constant ones; test rows unlike the training rows; groups of uneven size.
#include <course/machinery/judge/judge.h>

#include <algorithm>
#include <cmath>

namespace {

struct Table {
  AnswerRows before, train, x;
};
struct Groups {
  std::vector<int> group, order;
  int wanted;
};

std::string braces(const AnswerRows& rows) {
  std::string out = "{";
  for (size_t r = 0; r < rows.size(); r++) out += (r ? ", " : "") + judge::text(rows[r]);
  return out + "}";
}

AnswerRows rows_of(judge::Draw& d, int64_t n, const std::vector<double>& middle, const std::vector<double>& width) {
  AnswerRows rows(static_cast<size_t>(n));
  for (auto& row : rows)
    for (size_t c = 0; c < middle.size(); c++) row.push_back(width[c] == 0 ? middle[c] : middle[c] + width[c] * d.number(-1, 1));
  return rows;
}

Table table(judge::Draw& d, bool twice) {
  const int64_t columns = d.integer(1, 1 + d.size / 3);
  std::vector<double> middle, width;
  for (int64_t c = 0; c < columns; c++) {
    middle.push_back(d.pick<double>({-2, 0, 1, 40, 1000}));
    width.push_back(d.pick<double>({0, 1, 2, 30}));
    if (width.back() == 0) middle.back() = 0;  // constant, and its mean is exact however it is summed
  }
  Table t;
  if (twice) t.before = rows_of(d, d.integer(1, 3), middle, std::vector<double>(size_t(columns), 5));
  t.train = rows_of(d, d.integer(1, 2 + d.size), middle, width);
  for (double& m : middle) m += d.number(-1, 3);  // the rows to be transformed are of another kind
  t.x = rows_of(d, d.integer(1, 4), middle, width);
  return t;
}

Groups groups(judge::Draw& d) {
  Groups g;
  const int64_t n = d.integer(1, 3 + d.size), kinds = d.integer(1, 1 + d.size / 2);
  for (int64_t i = 0; i < n; i++) g.group.push_back(int(10 * d.integer(1, kinds)));
  for (const int64_t r : d.permutation(n)) g.order.push_back(int(r));
  g.wanted = int(d.integer(0, n));
  return g;
}

void note_rows(judge::Output& o, const AnswerRows& y) {
  std::vector<double> flat;
  const int64_t columns = y.empty() ? 0 : int64_t(y[0].size());
  for (const auto& row : y) flat.insert(flat.end(), row.begin(), row.end());
  o("rows", int64_t(y.size()));
  // A constant column divided by a tiny number, of which there are many.
  if (std::any_of(flat.begin(), flat.end(), [](double v) { return std::isfinite(v) && std::abs(v) > 1e6; })) {
    o("transformed", "finite numbers beyond a million");
    return;
  }
  if (int64_t(flat.size()) == int64_t(y.size()) * columns) o("transformed", int64_t(y.size()), columns, flat);
  else o("transformed", "rows of different lengths");
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  const auto show = [](const Table& t) {
    return (t.before.empty() ? "" : "fit(" + braces(t.before) + "), then ") + "fit(" + braces(t.train) + "), then transform(" + braces(t.x) + ")";
  };
  const auto run = [](const Answer& a, const Table& t, judge::Output& o) { note_rows(o, a.standardize(t.before, t.train, t.x)); };
  c.property<Table>("columns are scaled by the training rows")
      .also({{{}, {{1}, {3}}, {{2}, {5}}},
             {{}, {{0, 100}, {2, 300}}, {{0, 100}, {2, 300}}},
             {{}, {{1}, {2}, {6}}, {{3}}},
             {{}, {{5}, {5}, {5}}, {{5}, {7}}},
             {{}, {{4, -1}}, {{4, 1}, {6, 0}}},
             {{}, {{1}, {1}, {4}}, {{3}}},
             {{}, {{1}, {4}, {1}}, {{3}}},
             {{}, {{1}, {4}, {4}}, {{5}}},
             {{}, {{1, 2}, {3, 2}}, {{2, 4}}}})
      .draw([](judge::Draw& d) { return table(d, false); })
      .show(show)
      .run(run)
      .tolerance(1e-8, 1e-8)  // a mean of 1000 with a width of 1 loses four digits
      .read("The maths");
  c.property<Table>("a second fit forgets the first")
      .also({{{{0}, {2}}, {{10}, {14}}, {{12}}}})
      .draw([](judge::Draw& d) { return table(d, true); })
      .show(show)
      .run(run)
      .tolerance(1e-8, 1e-8)
      .times(30)
      .read("The maths");
  // What is left of a deviation that rounding has spoilt is nobody's number: only that it was divided by.
  c.property<Table>("a constant column is known in spite of rounding")
      .also({{{}, {{0.1, 0.7, 0.9, 0.3}, {0.1, 0.7, 0.9, 0.3}, {0.1, 0.7, 0.9, 0.3}}, {{0.2, 0.2, 0.2, 0.2}}},
             {{}, std::vector<std::vector<double>>(6, {0.1, 0.7, 1.1, 0.3, 4.9}), {{0, 0, 0, 0, 0}}},
             {{}, std::vector<std::vector<double>>(7, {0.1, 0.7, 1.1, 0.3, 4.9}), {{0.5, 0.2, 1.2, 0.9, 5}}},
             {{}, std::vector<std::vector<double>>(10, {0.1, 0.7, 1.1, 0.3, 4.9}), {{1, 1, 1, 1, 1}}}})
      .show(show)
      .run([](const Answer& a, const Table& t, judge::Output& o) {
        const AnswerRows y = a.standardize(t.before, t.train, t.x);
        for (const auto& row : y)
          for (const double v : row)
            if (!(std::abs(v) < 1e6)) {
              o("transformed", "numbers beyond a million, or none");
              return;
            }
        note_rows(o, y);
      })
      .tolerance(1e-8, 1e-8)
      .read("What goes wrong in practice");
  c.property<Groups>("groups stay together")
      .also({{{1, 2}, {0, 1}, 1},
             {{7, 7, 8}, {1, 2, 0}, 1},
             {{1, 2, 3}, {2, 0, 1}, 2},
             {{1, 1, 1, 2}, {3, 0, 1, 2}, 2},
             {{1, 2, 1, 2}, {0, 2, 1, 3}, 3},
             {{5, 6}, {1, 0}, 0},
             {{3, 4, 4}, {0, 1, 2}, 3},
             {{1, 1, 1, 2}, {0, 3, 1, 2}, 2},
             {{1, 2, 2, 3}, {0, 1, 2, 3}, 2},
             {{1, 2, 2, 3}, {2, 0, 3, 1}, 1},
             {{1, 2, 3}, {1, 0, 2}, 5},
             {{1, 2}, {1, 0}, -1}})
      .draw(groups)
      .show([](const Groups& g) {
        return "split_by_group(" + judge::text(g.group) + ", " + judge::text(g.order) + ", " + std::to_string(g.wanted) + ")";
      })
      .run([](const Answer& a, const Groups& g, judge::Output& o) {
        std::vector<int> test = a.split_by_group(g.group, g.order, g.wanted);
        std::sort(test.begin(), test.end());
        o("the test rows", test);
      })
      .read("By hand");
}
