// A05: who is sick among those who test positive; a coin's likelihood while it is flipped; a product of probabilities that becomes 0; the
// likelihood surface of a Gaussian over the widths of 150 iris sepals; what dividing by N does to small samples.
#include <algorithm>
#include <cmath>

#include <cairn/base/random.h>
#include <cairn/data/registry.h>
#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "models.h"

namespace cairn::course {

namespace {

void bayes(Book& book) {
  std::vector<Frame> frames;
  for (const double share : {0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.4, 0.5}) {
    const a05::Groups g = a05::groups(share, 0.9, 0.05);
    plot::Axes people{.title = "of 10,000 people, these test positive",
                      .x = {"", false, {}, {}, {"sick", "healthy"}},
                      .y = {"people", false, 0, 5000},
                      .height = 130};
    people.add(plot::Bars{.name = "positive", .y = {10000 * g.sick_positive, 10000 * g.healthy_positive}});
    plot::Line curve{.name = "P(sick given positive)"};
    for (int i = 1; i <= 200; i++) {
      const double s = 0.5 * i / 200;
      curve.x.push_back(s), curve.y.push_back(a05::groups(s, 0.9, 0.05).sick_if_positive());
    }
    plot::Axes chance{.title = "how likely a positive person is sick",
                      .x = {"share of the sick among all", false, 0, 0.5},
                      .y = {"probability", false, 0, 1},
                      .height = 160};
    chance.add(curve).add(plot::Scatter{.name = "here", .x = {share}, .y = {g.sick_if_positive()}, .size = 5, .colour = 1});
    frames.push_back({said("%g %%", 100 * share),
                      {.title = "One test, many populations", .panels = {people, chance}},
                      said("%g %% are sick: %.0f of 10,000 test positive, and %.0f %% of those are sick", 100 * share, 10000 * g.positive(),
                           100 * g.sick_if_positive())});
  }
  book.slider("bayes", "share of the sick", std::move(frames));
}

// A coin that shows heads three times in ten, flipped up to a thousand times.
void coin(Book& book) {
  Random random(5);
  std::vector<Frame> frames;
  double heads = 0, flips = 0;
  for (const int n : {0, 1, 2, 3, 4, 5, 7, 10, 20, 40, 80, 160, 320, 640}) {
    for (; flips < n; flips++) heads += random.uniform() < 0.3;
    const double tails = flips - heads, best = flips > 0 ? heads / flips : 0.5, top = a05::coin_log_likelihood(heads, tails, best);
    plot::Line curve{.name = "likelihood, largest = 1"};
    for (int i = 1; i < 200; i++) {
      const double p = i / 200.0;
      curve.x.push_back(p), curve.y.push_back(std::exp(a05::coin_log_likelihood(heads, tails, p) - top));
    }
    plot::Axes axes{.x = {"p, the probability of heads", false, 0, 1}, .y = {"likelihood", false, 0, 1.05}};
    axes.add(curve).add(plot::Line{.name = "the coin's own p", .x = {0.3, 0.3}, .y = {0, 1.05}, .stroke = plot::Stroke::dashed, .colour = 2});
    frames.push_back({std::to_string(n),
                      {.title = "What the flips say about p", .panels = {axes}},
                      n == 0 ? "before the first flip every p is as good as any other"
                             : said("%.0f flips, %.0f heads: the likeliest p is %.3f", flips, heads, best)});
    if (n == 640) book.number("p_after_640", best);
  }
  book.slider("coin", "flips", std::move(frames));
}

void underflow(Book& book) {
  plot::Line wide{.name = "product in double"}, narrow{.name = "product in float"}, sum{.name = "sum of logarithms", .stroke = plot::Stroke::dashed};
  double d = 1, logs = 0;
  float f = 1;
  int float_dead = 0, double_dead = 0;
  for (int n = 1; n <= 1200; n++) {
    d *= 0.5, f *= 0.5f, logs += std::log10(0.5);
    if (f == 0 && !float_dead) float_dead = n;
    if (d == 0 && !double_dead) double_dead = n;
    if (n % 10) continue;
    if (f > 0) narrow.x.push_back(n), narrow.y.push_back(std::log10(double(f)));
    if (d > 0) wide.x.push_back(n), wide.y.push_back(std::log10(d));
    sum.x.push_back(n), sum.y.push_back(logs);
  }
  plot::Axes axes{.x = {"flips of a fair coin"}, .y = {"log10 of the probability"}};
  axes.add(sum).add(wide).add(narrow);
  book.number("float_dead", float_dead), book.number("double_dead", double_dead);
  book.figure("underflow", {.title = "A product of probabilities ends", .panels = {axes}, .note = "A line ends where its product has become 0."});
}

std::vector<double> sepals() {
  const Labelled iris = load_dataset("iris", "all");
  return iris.x.select(1, 1).to_vector<double>();  // the widths, in cm
}

void surface(Book& book, const std::vector<double>& x) {
  const double mean = a05::mean_of(x), deviation = std::sqrt(a05::variance_of(x));
  const plot::Grid grid{.x = {2.7, 3.4}, .y = {0.25, 0.8}, .rows = 60, .columns = 80};
  const auto height = [&](double m, double s) { return a05::gaussian_log_likelihood(x, m, s * s); };
  plot::Axes map{.title = "log-likelihood of every Gaussian", .x = {"mean (cm)", false, 2.7, 3.4}, .y = {"deviation (cm)", false, 0.25, 0.8}};
  plot::Heat colours = plot::surface(grid, height, "log-likelihood");
  colours.map = plot::ColourMap::spectrum;
  map.add(colours).add(plot::contours(grid, height, {-250, -200, -150, -120, -100, -90}));
  map.add(plot::Scatter{.name = "the top", .x = {mean}, .y = {deviation}, .symbol = plot::Symbol::diamond, .size = 5, .colour = 1});
  plot::Bars bars = plot::histogram("share per cm", x, 16);
  for (size_t i = 0; i < bars.y.size(); i++) bars.y[i] /= double(x.size()) * (bars.edges[i + 1] - bars.edges[i]);
  plot::Line density{.name = "the Gaussian at the top", .colour = 1};
  for (int i = 0; i <= 120; i++) {
    density.x.push_back(1.9 + 2.7 * i / 120);
    density.y.push_back(std::exp(a05::gaussian_log_likelihood({density.x.back()}, mean, deviation * deviation)));
  }
  plot::Axes data{.title = "the data and the best Gaussian", .x = {"sepal width (cm)"}, .y = {"density"}};
  data.add(bars).add(density);
  book.number("flowers", double(x.size())), book.number("mean", mean), book.number("deviation", deviation);
  book.number("top", height(mean, deviation)), book.number("beside", height(mean + 0.1, deviation)), book.number("wide", height(mean, 2 * deviation));
  book.number("peak_density", std::exp(a05::gaussian_log_likelihood({mean}, mean, deviation * deviation)));
  book.number("narrow_density", std::exp(a05::gaussian_log_likelihood({0}, 0, 0.01)));
  book.figure("surface", {.title = "A likelihood surface", .panels = {map, data}});
}

void small_samples(Book& book) {
  Random random(9);
  plot::Line by_n{.name = "divided by N"}, by_less{.name = "divided by N - 1"},
      truth{.name = "the truth", .x = {2, 20}, .y = {1, 1}, .stroke = plot::Stroke::dashed};
  for (int n = 2; n <= 20; n++) {
    double sum = 0;
    for (int run = 0; run < 20000; run++) {
      std::vector<double> x;
      for (int i = 0; i < n; i++) x.push_back(random.normal());
      sum += a05::variance_of(x) / 20000;
    }
    by_n.x.push_back(n), by_n.y.push_back(sum);
    by_less.x.push_back(n), by_less.y.push_back(sum * n / (n - 1));
    if (n == 5) book.number("variance_of_five", sum);
  }
  plot::Axes axes{.x = {"numbers in a sample"}, .y = {"mean of the estimated variance", false, 0, 1.2}};
  axes.add(by_n).add(by_less).add(truth);
  book.figure("small_samples", {.title = "The variance of small samples", .panels = {axes}});
}

void draw_a05(Book& book) {
  bayes(book);
  coin(book);
  underflow(book);
  surface(book, sepals());
  small_samples(book);
}

}  // namespace

extern const LessonFigures A05_figures;
const LessonFigures A05_figures = {"A05", draw_a05};

}  // namespace cairn::course
