// A11: the rule at work, correction by correction; mistakes a pass for classes with and without a gap; the impossible line of XOR, and the hidden
// layer that makes it possible.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "perceptron.h"

namespace cairn::course {

namespace {

plot::Scatter labelled_points(const a11::Points& p, const std::vector<std::string>& names) {
  plot::Scatter s{.x = p.x, .y = p.y, .names = names};
  for (const int l : p.label) s.classes.push_back(l > 0);
  return s;
}

// Where the sum is 0, from x = low to x = high.
plot::Line boundary(const std::string& name, const a11::Weights& w, double low, double high, int colour) {
  plot::Line line{.name = name, .colour = colour};
  if (w.y == 0 && w.x == 0) return line;
  if (std::abs(w.y) > 1e-9) {
    line.x = {low, high};
    for (const double x : line.x) line.y.push_back(-(w.bias + w.x * x) / w.y);
  } else {
    line.x = {-w.bias / w.x, -w.bias / w.x};
    line.y = {low, high};
  }
  return line;
}

plot::Axes square(const std::string& title, double low, double high) {
  return {.title = title, .x = {"x1", false, low, high}, .y = {"x2", false, low, high}, .equal = true};
}

void corrections(Book& book) {
  const a11::Points p = a11::separated(40, 0.1, 4);
  a11::Weights w;
  std::vector<Frame> frames;
  int made = 0, passes = 0;
  for (bool wrong = true; wrong;) {
    wrong = false;
    passes++;
    for (size_t i = 0; i < p.size(); i++) {
      if (!a11::corrected(w, p, i)) continue;
      wrong = true;
      made++;
      plot::Axes axes = square("", -1.1, 1.1);
      axes.add(labelled_points(p, {"class -1", "class +1"})).add(boundary("the line", w, -1.1, 1.1, 2));
      axes.add(plot::Scatter{.name = "just corrected", .x = {p.x[i]}, .y = {p.y[i]}, .symbol = plot::Symbol::cross, .size = 9, .colour = 3});
      char said[120];
      std::snprintf(said, sizeof said, "after correction %d, in pass %d: %d of %d points on their side", made, passes, a11::right(w, p),
                    int(p.size()));
      frames.push_back({std::to_string(made), {.title = "The line after each correction", .panels = {axes}}, said});
    }
  }
  // The bound of Novikoff: the largest length of an input, with the 1 of the bias, by the gap of the best line that we know, both squared.
  double radius = 0, gap = 1e9;
  for (size_t i = 0; i < p.size(); i++) {
    radius = std::max(radius, 1 + p.x[i] * p.x[i] + p.y[i] * p.y[i]);
    gap = std::min(gap, std::abs(0.6 * p.x[i] + 0.8 * p.y[i] - 0.1) / std::sqrt(0.6 * 0.6 + 0.8 * 0.8 + 0.1 * 0.1));
  }
  book.number("corrections_made", made);
  book.number("passes_made", passes);
  book.number("points", double(p.size()));
  book.number("bound", radius / (gap * gap));
  book.slider("corrections", "corrections so far", std::move(frames));
}

void passes(Book& book) {
  const int most = 60;
  plot::Axes axes{.title = "mistakes in a pass over 200 points", .x = {"pass", false, 1, most}, .y = {"mistakes", false, 0, {}}};
  const auto run = [&](const std::string& name, double margin) {
    const a11::Points p = a11::separated(200, margin, 9);
    a11::Weights w;
    plot::Line line{.name = name};
    int last = 0;
    for (int e = 1; e <= most; e++) line.y.push_back(last = a11::epoch(w, p));
    axes.add(line);
    return last;
  };
  run("a gap of 0.1", 0.1);
  run("a gap of 0.01", 0.01);
  book.number("overlap_mistakes", run("classes that overlap", -0.3));
  book.figure("passes", {.title = "With a gap it ends, without one it does not", .panels = {axes}});
}

void impossible(Book& book) {
  const a11::Points p = a11::exclusive_or();
  std::vector<Frame> frames;
  int best = 0;
  for (int step = 0; step < 16; step++) {
    const double angle = step * 3.14159265358979 / 8;
    // Of the lines in this direction that with the most points right.
    a11::Weights w{0, std::cos(angle), std::sin(angle)}, chosen = w;
    int most = 0;
    for (double shift = -2; shift <= 2; shift += 0.05) {
      w.bias = shift;
      const int n = a11::right(w, p);
      if (n > most) most = n, chosen = w;
    }
    best = std::max(best, most);
    plot::Axes axes = square("", -0.6, 1.6);
    axes.add(labelled_points(p, {"XOR is 0", "XOR is 1"})).add(boundary("the line", chosen, -0.6, 1.6, 2));
    char said[100], value[20];
    std::snprintf(said, sizeof said, "the best line in this direction has %d of 4 points right", most);
    std::snprintf(value, sizeof value, "%d°", int(std::lround(angle * 180 / 3.14159265358979)));
    frames.push_back({value, {.title = "The impossible line", .panels = {axes}}, said});
  }
  book.number("best_of_four", best);
  book.slider("impossible", "direction of the line", std::move(frames));
}

// Two hidden units with weights by hand: h1 = relu(x + y - 0), h2 = relu(x + y - 1), out = h1 - 2 h2 - 1/2.
void hidden(Book& book) {
  const a11::Points p = a11::exclusive_or();
  const auto h1 = [](double x, double y) { return std::max(0.0, x + y); };
  const auto h2 = [](double x, double y) { return std::max(0.0, x + y - 1); };
  const plot::Grid grid{.x = {-0.6, 1.6}, .y = {-0.6, 1.6}, .rows = 88, .columns = 88};
  plot::Axes plane = square("what the two layers decide", -0.6, 1.6);
  plane.add(plot::decision_regions(grid, [&](double x, double y) { return int64_t(h1(x, y) - 2 * h2(x, y) - 0.5 > 0); }))
      .add(labelled_points(p, {"XOR is 0", "XOR is 1"}));
  a11::Points seen;
  int correct = 0;
  for (size_t i = 0; i < p.size(); i++) {
    seen.x.push_back(h1(p.x[i], p.y[i])), seen.y.push_back(h2(p.x[i], p.y[i])), seen.label.push_back(p.label[i]);
    correct += (seen.x.back() - 2 * seen.y.back() - 0.5 > 0) == (p.label[i] > 0);
  }
  plot::Axes inside{.title = "what the last unit sees", .x = {"h1", false, -0.5, 2.5}, .y = {"h2", false, -0.5, 1.5}};
  inside.add(labelled_points(seen, {"XOR is 0", "XOR is 1"})).add(plot::Line{.name = "its line", .x = {-0.5, 2.5}, .y = {-0.5, 1}, .colour = 2});
  book.number("hidden_right", correct);
  book.figure("hidden", {.title = "A hidden layer moves the points", .panels = {plane, inside}, .columns = 2});
}

void draw_a11(Book& book) {
  corrections(book);
  passes(book);
  impossible(book);
  hidden(book);
}

}  // namespace

extern const LessonFigures A11_figures;
const LessonFigures A11_figures = {"A11", draw_a11};

}  // namespace cairn::course
