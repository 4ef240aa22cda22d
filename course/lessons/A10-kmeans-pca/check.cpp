#include <course/machinery/judge/judge.h>

#include <cmath>

namespace {

struct Cloud {
  std::vector<double> x, centres;
  size_t d;
};

std::string rows_text(const std::vector<double>& v, size_t d) { return judge::matrix_text(int64_t(v.size() / d), int64_t(d), v); }
std::string shown(const Cloud& c) {
  return "x = " + rows_text(c.x, c.d) + ", centres = " + rows_text(c.centres, c.d) + ", d = " + std::to_string(c.d);
}

Cloud some(judge::Draw& d) {
  const size_t columns = size_t(d.integer(1, 1 + d.size / 4));
  const int64_t rows = d.integer(1, 2 + d.size), k = d.integer(1, 1 + d.size / 3);
  return {d.numbers(rows * int64_t(columns)), d.numbers(k * int64_t(columns)), columns};
}

struct Table {
  std::vector<double> x;
  size_t d, count;
};
struct Axis {
  Table table;
  std::vector<double> direction;  // of the first component, of any length
};
std::string shown_table(const Table& t) {
  return "x = " + rows_text(t.x, t.d) + ", d = " + std::to_string(t.d) + ", count = " + std::to_string(t.count);
}

// Rows that spread along turned directions with deviations 4, 2, 1, ..., far from 0: the components are clearly apart.
Table spread(judge::Draw& d, bool centred) {
  const size_t columns = size_t(d.integer(2, 2 + d.size / 5)), rows = columns * 8;
  std::vector<double> x(rows * columns);
  std::vector<std::vector<double>> axes(columns);
  for (size_t a = 0; a < columns; a++) {  // directions at right angles
    axes[a] = d.numbers(int64_t(columns), -1, 1);
    axes[a][a] += 2;
    for (size_t b = 0; b < a; b++) {
      double along = 0;
      for (size_t j = 0; j < columns; j++) along += axes[a][j] * axes[b][j];
      for (size_t j = 0; j < columns; j++) axes[a][j] -= along * axes[b][j];
    }
    double length = 0;
    for (const double v : axes[a]) length += v * v;
    for (double& v : axes[a]) v /= std::sqrt(length);
  }
  // Signs as in a table of Walsh: their sums and products are 0, so that the directions are components exactly.
  const std::vector<double> away = d.numbers(int64_t(columns), 5, 20);
  for (size_t i = 0; i < rows; i++)
    for (size_t a = 0; a < columns; a++) {
      const double along = (i % 8) & 1 ? 1 : -1, second = (i % 8) & 2 ? 1 : -1, third = (i % 8) & 4 ? 1 : -1;
      const double s = a == 0 ? 4 * along : a == 1 ? 2 * second : a == 2 ? third : 0.5 * along * second;
      for (size_t j = 0; j < columns; j++) x[i * columns + j] += s * axes[a][j];
    }
  if (!centred)
    for (size_t e = 0; e < x.size(); e++) x[e] += away[e % columns];
  return {x, columns, size_t(d.integer(1, int64_t(columns)))};
}

// Rows with the deviations a and b along two directions at a right angle.
Axis two_directions(double a, double b, double u, double v) { return {{{a * u, a * v, -a * u, -a * v, -b * v, b * u, b * v, -b * u}, 2, 1}, {u, v}}; }
std::string shown_axis(const Axis& i) { return shown_table(i.table); }
// The same whatever the length of what was found.
void note_direction(const Answer& a, const Axis& i, judge::Output& o) {
  const std::vector<double> c = a.pca(i.table.x, i.table.d, 1);
  if (c.size() != i.table.d) return o("how many numbers", c.size());
  double along = 0, square = 0, own = 0;
  for (size_t j = 0; j < c.size(); j++) along += c[j] * i.direction[j], square += i.direction[j] * i.direction[j], own += c[j] * c[j];
  o("the component is", std::abs(std::abs(along) / std::sqrt(square * own) - 1) < 1e-6 ? "right" : "not the direction of the largest variance");
}
// Whatever the directions are.
void note_lengths(const Answer& a, const Table& t, judge::Output& o) {
  const std::vector<double> c = a.pca(t.x, t.d, t.count);
  if (c.size() != t.count * t.d) return o("how many numbers", c.size());
  std::string lengths;
  for (size_t n = 0; n < t.count; n++) {
    double square = 0;
    for (size_t e = n * t.d; e < (n + 1) * t.d; e++) square += c[e] * c[e];
    lengths += n ? ", " : "";
    lengths += std::isnan(square) ? "not a number" : square == 0 ? "0" : std::abs(square - 1) < 1e-6 ? "1" : "not 1";
  }
  o("length of each component", lengths);
}
// Signs are free, and where rows and columns are mixed up they differ within what should be a row.
void note_sizes(const Answer& a, const Table& t, judge::Output& o) {
  std::vector<double> c = a.pca(t.x, t.d, t.count);
  if (c.size() != t.count * t.d) return o("how many numbers", c.size());
  for (double& e : c) e = std::abs(e);
  o("components, all signs left out", int64_t(t.count), int64_t(t.d), c);
}

// Each component with its largest entry above 0.
void note_components(const Answer& a, const Table& t, judge::Output& o) {
  std::vector<double> c = a.pca(t.x, t.d, t.count);
  if (c.size() != t.count * t.d) return o("how many numbers", c.size());
  for (size_t n = 0; n < t.count; n++) {
    size_t largest = n * t.d;
    for (size_t e = n * t.d; e < (n + 1) * t.d; e++)
      if (std::abs(c[e]) > std::abs(c[largest]) + 1e-6) largest = e;
    const double sign = c[largest] < 0 ? -1 : 1;
    for (size_t e = n * t.d; e < (n + 1) * t.d; e++) c[e] *= sign;
  }
  o("components, the sign made so that the largest entry is above 0", int64_t(t.count), int64_t(t.d), c);
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  const std::vector<Cloud> clouds = {{{1, 2, 9}, {0, 8}, 1},
                                     {{0, 0, 4, 0, 0, 5, 4, 5, 9, 9}, {0, 1, 3, 4}, 2},
                                     {{3, 3, 0, 4.5}, {0, 0, 3, 7}, 2},
                                     {{2, 2, 6}, {0, 4}, 1},
                                     {{-5000, 7000, 0}, {0, -4000, 6000}, 1}};
  c.property<Cloud>("each row goes to its nearest centre")
      .also(clouds)
      .draw(some)
      .show(shown)
      .run([](const Answer& a, const Cloud& t, judge::Output& o) {
        std::vector<double> centres = t.centres;
        const std::vector<size_t> found = a.kmeans_step(t.x, t.d, centres);
        o("assignments", std::vector<int64_t>(found.begin(), found.end()));
      })
      .read("By hand");
  c.property<Cloud>("each centre becomes the mean of its rows")
      .also(clouds)
      .draw([](judge::Draw& d) {
        Cloud t = some(d);  // every centre has a row: it lies on one
        while (t.x.size() < t.centres.size()) t.x.push_back(d.number());
        std::copy(t.centres.begin(), t.centres.end(), t.x.begin());
        return t;
      })
      .show(shown)
      .run([](const Answer& a, const Cloud& t, judge::Output& o) {
        std::vector<double> centres = t.centres;
        a.kmeans_step(t.x, t.d, centres);
        o("centres afterwards", int64_t(centres.size() / t.d), int64_t(t.d), centres);
      })
      .tolerance(1e-11, 1e-11)
      .read("By hand");
  c.property<Cloud>("a centre without rows")
      .also({{{1, 2}, {0, 50}, 1}, {{1, 1, 2, 2}, {50, 7, 1, 2, -60, 3}, 2}, {{1, 5}, {3, 3}, 1}})
      .draw([](judge::Draw& d) {
        Cloud t = some(d);
        for (size_t j = 0; j < t.d; j++) t.centres.push_back(d.number(100, 200));
        return t;
      })
      .show(shown)
      .run([](const Answer& a, const Cloud& t, judge::Output& o) {
        std::vector<double> centres = t.centres;
        const std::vector<size_t> found = a.kmeans_step(t.x, t.d, centres);
        o("assignments", std::vector<int64_t>(found.begin(), found.end()));
        o("centres afterwards", int64_t(centres.size() / t.d), int64_t(t.d), centres);
      })
      .tolerance(1e-11, 1e-11)
      .read("What goes wrong in practice");
  c.property<Table>("components are of length 1")
      .also({two_directions(3, 1.5, 2, 1).table,
             two_directions(1, 0.25, -1, 2).table,
             two_directions(4, 3, 1, 3).table,
             {{6, 3, -6, -3, -1, 2, 1, -2}, 2, 2},
             {{2, 4, -2, -4, -2, 1, 2, -1}, 2, 2}})
      .show(shown_table)
      .run(note_lengths)
      .read("The maths");
  c.property<Axis>("a first component that is little ahead of the second")
      .also({two_directions(10, 1, 2, 1), two_directions(1, 0.1, 1, 3), two_directions(1, 0.9, 2, 1), two_directions(10, 9, 1, 2),
             two_directions(2, 1.8, 1, 3), two_directions(1, 0.9, 3, 1)})
      .show(shown_axis)
      .run(note_direction)
      .read("The maths");
  c.property<Table>("components are rows of the result")
      .also({{{2, 1, -2, -1, -0.5, 1, 0.5, -1}, 2, 2}, {{2, 2, 1, -2, -2, -1, 0.5, -1, 1, -0.5, 1, -1}, 3, 2}})
      .draw([](judge::Draw& d) { return spread(d, true); })
      .show(shown_table)
      .run(note_sizes)
      .tolerance(1e-6, 1e-6)
      .times(10)
      .read("The maths");
  c.property<Table>("components of rows around 0")
      .also({{{3, 0, -3, 0, 0, 1, 0, -1}, 2, 1},
             {{3, 0, -3, 0, 0, 1, 0, -1}, 2, 2},
             {{0, 1, 0, -1, 2, 0, -2, 0}, 2, 2},
             {{1.2, 0, -1.2, 0, 0, 1, 0, -1}, 2, 2},
             {{2, -2}, 1, 1}})
      .draw([](judge::Draw& d) { return spread(d, true); })
      .show(shown_table)
      .run(note_components)
      .tolerance(1e-6, 1e-6)
      .times(25)
      .read("The maths");
  c.property<Table>("components of rows far from 0")
      .also({{{13, 20, 7, 20, 10, 21, 10, 19}, 2, 2}, {{5, 5, 5, 7, 6, 5.5, 4, 6.5}, 2, 1}})
      .draw([](judge::Draw& d) { return spread(d, false); })
      .show(shown_table)
      .run(note_components)
      .tolerance(1e-6, 1e-6)
      .times(25)
      .read("What goes wrong in practice");
  // Where the iteration starts shows only at a component that is at a right angle to the start.
  c.property<Axis>("a component such as (1, -1) or (0, 1)")
      .also({{{{1, -1, -1, 1}, 2, 1}, {1, -1}},
             {{{4, -3, 3, -4, 2, -2, 3, -3}, 2, 1}, {1, -1}},
             {{{0, 2, 0, -2, 1, 0, -1, 0}, 2, 1}, {0, 1}},
             {{{1, 5, -1, 5, 0, 8, 0, 2}, 2, 1}, {0, 1}},
             {{{2, -1, -1, -2, 1, 1, 0, 0, 0}, 3, 1}, {2, -1, -1}}})
      .show(shown_axis)
      .run(note_direction)
      .read("The maths");
}
