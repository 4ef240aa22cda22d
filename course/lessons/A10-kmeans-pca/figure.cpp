// A10: k-means on three clouds step by step, on rows without any groups, its cost against k; the digits along their first two components, and
// rebuilt from few.
#include <cmath>
#include <cstdio>

#include <cairn/ops/ops.h>
#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "groups.h"

namespace cairn::course {

namespace {

a10::Rows clouds(uint64_t seed) {
  Random random(seed);
  a10::Rows x;
  for (int i = 0; i < 120; i++) {
    const double places[][2] = {{-2, 0}, {2, 0}, {0, 3}};
    x.push_back({places[i % 3][0] + 0.7 * random.normal(), places[i % 3][1] + 0.7 * random.normal()});
  }
  return x;
}

plot::Axes groups_drawn(const std::string& title, const a10::Rows& x, const a10::Groups& g, plot::Range across, plot::Range up) {
  plot::Axes axes{.title = title, .x = {"first number", false, across.low, across.high}, .y = {"second number", false, up.low, up.high}};
  plot::Scatter points{.classes = g.of}, centres{.name = "centres", .symbol = plot::Symbol::cross, .size = 8, .colour = 7};
  for (size_t c = 0; c < g.centres.size(); c++) points.names.push_back("group " + std::to_string(c));
  for (const a10::Row& r : x) points.x.push_back(r[0]), points.y.push_back(r[1]);
  for (const a10::Row& r : g.centres) centres.x.push_back(r[0]), centres.y.push_back(r[1]);
  return axes.add(points).add(centres);
}

void assign_and_move(Book& book) {
  const a10::Rows x = clouds(3);
  a10::Groups g;
  g.centres = {{-3.5, -1.5}, {-3, -1}, {-2.5, -2}};  // all in one corner
  a10::assign(g, x);
  std::vector<Frame> frames;
  book.number("cost_first", g.cost);
  for (int half = 0; half < 14; half++) {
    if (half % 2) a10::move(g, x);
    else if (half) a10::assign(g, x);
    char says[120];
    double cost = 0;
    for (size_t i = 0; i < x.size(); i++) cost += a10::distance(x[i], g.centres[size_t(g.of[i])]) / double(x.size());
    std::snprintf(says, sizeof says, "%s; the mean squared distance is %.3f",
                  half % 2 ? "the centres have moved to the means" : "every row has its nearest centre", cost);
    frames.push_back(
        {std::to_string(half), {.title = "Assign, move, assign, move", .panels = {groups_drawn("three clouds", x, g, {-5, 5}, {-4, 6})}}, says});
  }
  book.number("cost_last", g.cost);
  book.slider("walk", "half steps", std::move(frames));
}

void nothing(Book& book) {
  Random random(10);
  a10::Rows x;
  for (int i = 0; i < 300; i++) x.push_back({random.uniform(), random.uniform()});
  const a10::Groups g = a10::grouped(x, 3, 1, 30), other = a10::grouped(x, 3, 6, 30);
  book.figure("nothing", {.title = "Rows without groups, grouped twice",
                          .panels = {groups_drawn("one start", x, g, {0, 1}, {0, 1}), groups_drawn("another start", x, other, {0, 1}, {0, 1})},
                          .columns = 2});
  plot::Line three{.name = "three clouds"}, none{.name = "no groups"};
  const a10::Rows three_clouds = clouds(3);
  const auto best = [](const a10::Rows& rows, size_t k) {
    double least = 1e300;
    for (uint64_t seed = 1; seed <= 10; seed++) least = std::min(least, a10::grouped(rows, k, seed, 30).cost);
    return least;
  };
  const double first = best(three_clouds, 1), first_none = best(x, 1);
  for (size_t k = 1; k <= 8; k++) {
    three.x.push_back(double(k)), three.y.push_back(best(three_clouds, k) / first);
    none.x.push_back(double(k)), none.y.push_back(best(x, k) / first_none);
  }
  book.number("none_three", 100 * none.y[2]), book.number("clouds_three", 100 * three.y[2]);
  plot::Axes axes{.title = "the best of ten starts", .x = {"k"}, .y = {"share of one group's cost"}};
  book.figure("elbow", {.title = "How many groups?", .panels = {axes.add(three).add(none)}});
}

void map(Book& book, const a10::Digits& d, const a10::Components& p) {
  plot::Axes axes{.title = "each digit along the first two components", .x = {"first component"}, .y = {"second component"}};
  plot::Scatter points{.classes = d.digit};
  for (int c = 0; c < 10; c++) points.names.push_back(std::to_string(c));
  for (const a10::Row& r : d.x) points.x.push_back(a10::along(p, r, 0)), points.y.push_back(a10::along(p, r, 1));
  book.figure("map", {.title = "The digits in two numbers instead of sixty-four", .panels = {axes.add(points)}});
  book.number("two_share", 100 * (p.variances[0] + p.variances[1]) / p.all);
}

void rebuilding(Book& book, const a10::Digits& d, const a10::Components& p) {
  std::vector<Frame> frames;
  for (const size_t count : {0, 1, 2, 3, 4, 6, 8, 10, 14, 18, 24, 30, 40}) {
    const auto picture = [](const a10::Row& r) { return image_of(from_span(std::span<const double>(r), {8, 8}), 0, 1); };
    plot::Images above{.title = "digits", .columns = 6, .size = 80}, below{.title = "rebuilt", .columns = 6, .size = 80};
    for (const size_t i : {0, 3, 8, 12, 16, 24}) {
      above.tiles.push_back({picture(d.x[i]), ""});
      below.tiles.push_back({picture(a10::rebuilt(p, d.x[i], count)), ""});
    }
    double kept = 0;
    for (size_t n = 0; n < count; n++) kept += p.variances[n];
    char says[100];
    std::snprintf(says, sizeof says, "%zu of 64 numbers keep %.0f %% of the variance", count, 100 * kept / p.all);
    if (count == 10) book.number("ten_share", 100 * kept / p.all);
    frames.push_back({std::to_string(count), {.title = "Rebuilt from a few numbers", .panels = {above, below}}, says});
  }
  book.slider("rebuilt", "components", std::move(frames));
}

void draw_a10(Book& book) {
  assign_and_move(book);
  nothing(book);
  const a10::Digits d = a10::digits(800);
  const a10::Components p = a10::components(d.x, 40);
  map(book, d, p);
  rebuilding(book, d, p);
  // How well ten groups agree with the ten digits, which k-means never saw: each group is named after its most frequent digit.
  const a10::Groups g = a10::grouped(d.x, 10, 5, 40);
  double right = 0;
  for (int64_t c = 0; c < 10; c++) {
    std::vector<double> counts(10, 0.0);
    for (size_t i = 0; i < g.of.size(); i++)
      if (g.of[i] == c) counts[size_t(d.digit[i])]++;
    right += *std::max_element(counts.begin(), counts.end());
  }
  book.number("pure", 100 * right / double(g.of.size()));
}

}  // namespace

extern const LessonFigures A10_figures;
const LessonFigures A10_figures = {"A10", draw_a10};

}  // namespace cairn::course
