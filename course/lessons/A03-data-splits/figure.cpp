// A03's figures: columns before and after scaling, columns of noise, and four ways in which a score is too good.
#include <course/machinery/figure.h>

#include <cairn/plot/views.h>

#include <algorithm>
#include <cstdio>

#include "tables.h"

namespace cairn::course {
namespace {

std::vector<double> column(const a03::Data& d, size_t c) {
  std::vector<double> v;
  for (const auto& row : d.rows) v.push_back(row[c]);
  return v;
}

// How many of the values lie in each of so many intervals between two ends: the same bars for every column, so that they can be compared.
plot::Bars counted(const std::vector<double>& values, double low, double high, int bars) {
  plot::Bars b;
  for (int i = 0; i <= bars; i++) b.edges.push_back(low + (high - low) * i / bars);
  b.y.assign(size_t(bars), 0);
  for (const double v : values) b.y[size_t(std::clamp(int((v - low) / (high - low) * bars), 0, bars - 1))]++;
  return b;
}

void scaling(Book& book) {
  const a03::Data wine = a03::shipped("wine");
  a03::Data scaled = wine;
  const std::vector<size_t> order = a03::shuffled(wine.rows.size(), 1);
  const std::vector<size_t> train(order.begin() + int64_t(wine.rows.size() * 3 / 10), order.end());
  a03::standardize(scaled, train);
  std::vector<Frame> frames;
  for (size_t c = 0; c < wine.columns.size(); c++) {
    const std::vector<double> raw = column(wine, c), after = column(scaled, c);
    plot::Axes left{.title = "as it came", .x = {.label = "value", .low = 0, .high = 1700}, .y = {.label = "rows", .low = 0, .high = 180}};
    plot::Axes right{.title = "standardised", .x = {.label = "value", .low = -5, .high = 5}, .y = {.label = "rows", .low = 0, .high = 60}};
    left.add(counted(raw, 0, 1700, 34));
    right.add(counted(after, -5, 5, 25));
    char says[200];
    const auto [low, high] = std::minmax_element(raw.begin(), raw.end());
    std::snprintf(says, sizeof says, "%s: from %.4g to %.4g as it came; after scaling from %.2f to %.2f.", wine.columns[c].c_str(), *low, *high,
                  *std::min_element(after.begin(), after.end()), *std::max_element(after.begin(), after.end()));
    frames.push_back({wine.columns[c], plot::Figure{.panels = {left, right}, .columns = 2}, says});
  }
  book.slider("columns", "column", frames);
  book.number("wine_rows", double(wine.rows.size()));
  book.number("wine_raw", 100 * a03::score(wine, false));
  book.number("wine_scaled", 100 * a03::score(wine, true));
}

void noise_columns(Book& book) {
  a03::Data iris = a03::shipped("iris");
  std::vector<size_t> all(iris.rows.size());
  std::iota(all.begin(), all.end(), size_t(0));
  a03::standardize(iris, all);  // only to give the noise the width of the real columns
  plot::Axes axes{.x = {.label = "columns of noise beside the four real ones"}, .y = {.label = "right answers, percent", .low = 30, .high = 100}};
  plot::Line line{.name = "nearest neighbour, iris"};
  for (const int n : {0, 2, 4, 8, 16, 32, 64, 128}) {
    const double percent = 100 * a03::score(a03::with_noise(iris, n, 5), true);
    line.x.push_back(n);
    line.y.push_back(percent);
    if (n == 0 || n == 16 || n == 128) book.number("noise_" + std::to_string(n), percent);
  }
  axes.add(line);
  book.figure("noise_columns", plot::Figure{.title = "More columns, fewer right answers", .panels = {axes}});
}

void leaks(Book& book) {
  // Sorted by species: the last 30 % hold one species only.
  const a03::Data iris = a03::shipped("iris");
  std::vector<size_t> train, test;
  for (size_t r = 0; r < iris.rows.size(); r++) (r < 100 ? train : test).push_back(r);
  book.number("sorted", 100 * a03::nearest(iris, train, test));
  book.number("shuffled", 100 * a03::score(iris, true));

  double by_row = 0, by_patient = 0, on_all = 0, on_train = 0;
  for (uint64_t k = 0; k < 40; k++) {
    by_row += 2.5 * a03::score_visits(60, 0.2, false, 3 * k);
    by_patient += 2.5 * a03::score_visits(60, 0.2, true, 3 * k);
    on_all += 2.5 * a03::score_chosen(true, 3 * k);
    on_train += 2.5 * a03::score_chosen(false, 3 * k);
  }
  book.number("by_row", by_row);
  book.number("by_patient", by_patient);
  book.number("on_all", on_all);
  book.number("on_train", on_train);
  plot::Axes axes{.x = {.names = {"visits of patients", "ten of 1000 columns"}}, .y = {.label = "right answers, percent", .low = 0, .high = 100}};
  axes.add(plot::Bars{.name = "with the leak", .y = {by_row, on_all}});
  axes.add(plot::Bars{.name = "without", .y = {by_patient, on_train}});
  book.figure("leaks",
              plot::Figure{.title = "Guessing the fall of a coin", .panels = {axes}, .note = "Means of forty runs each. The truth is 50 %."});
}

void draw_a03(Book& book) {
  scaling(book);
  noise_columns(book);
  leaks(book);
}

}  // namespace

extern const LessonFigures A03_figures;
const LessonFigures A03_figures = {"A03", draw_a03};

}  // namespace cairn::course
