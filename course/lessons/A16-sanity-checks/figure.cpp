// A16: what can be measured of a training program before one waits for it: one batch learned by heart with and without faults, histograms of
// gradients, their length, and what a seed decides.
#include <algorithm>
#include <cmath>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "patient.h"

namespace cairn::course {

namespace {

plot::Line steps_of(const std::string& name, const std::vector<double>& y) {
  plot::Line line{.name = name};
  for (size_t i = 0; i < y.size(); i++) line.x.push_back(double(i)), line.y.push_back(std::max(y[i], 1e-6));
  return line;
}

void one_batch(Book& book) {
  plot::Axes axes{.x = {"step"}, .y = {"loss on one batch of 16", true}};
  for (const std::string& fault : a16::faults()) {
    const a16::Findings f = a16::examine({.fault = fault, .steps = 150}, true);
    axes.add(steps_of(fault == "none" ? "healthy" : fault, f.loss));
    std::string key = fault;
    std::replace(key.begin(), key.end(), '-', '_');
    book.number("one_" + key, f.loss.back());
    if (fault == "none") book.number("start", f.loss.front());
  }
  book.figure("one_batch", {.title = "Learning one batch by heart", .panels = {axes}});
}

// Counts of log10 of the size of gradients, in bins of half a power of ten; what is below all of them counts as the lowest.
plot::Bars sizes(const std::string& name, const std::vector<double>& g, int colour) {
  plot::Bars b{.name = name, .y = std::vector<double>(22, 0.0), .colour = colour};
  for (int i = 0; i <= 22; i++) b.edges.push_back(-10 + i * 0.5);
  for (const double v : g) {
    const double place = (std::log10(std::max(std::abs(v), 1e-10)) + 10) * 2;
    b.y[size_t(std::clamp(place, 0.0, 21.0))] += 100.0 / double(g.size());
  }
  return b;
}
double typical(std::vector<double> g) {  // the root of the mean square
  double s = 0;
  for (const double v : g) s += v * v / double(g.size());
  return std::sqrt(s);
}

void histograms(Book& book) {
  std::vector<Frame> frames;
  for (int i = 0; i < 15; i++) {
    const double scale = std::pow(10, -2 + i * 0.2);
    const a16::Findings f = a16::examine({.steps = 0, .batch = 64, .scale = scale}, true);
    std::vector<plot::Panel> panels;
    for (const size_t layer : {size_t(0), size_t(2)}) {
      plot::Axes axes{.title = layer ? "last layer" : "first layer",
                      .x = {"log10 of the size of a gradient", false, -10, 1},
                      .y = {"% of the weights", false, 0, 100},
                      .height = 110};
      axes.add(sizes("gradients", f.gradients[layer], layer ? 1 : 0));
      panels.push_back(axes);
    }
    const double a = typical(f.gradients[0]), b = typical(f.gradients[2]);
    frames.push_back({said("%.2f", scale),
                      {.title = "Gradients before the first step", .panels = panels},
                      said("weights times %.2f: typical gradient %.1e in the first layer, %.1e in the last", scale, a, b)});
    if (i == 0) book.number("small_first", a), book.number("small_last", b);
    if (i == 10) book.number("usual_first", a), book.number("usual_last", b);
    if (i == 14) book.number("large_first", a), book.number("large_last", b);
  }
  book.slider("histogram", "starting weights times", std::move(frames));
  const a16::Findings f = a16::examine({.fault = "detached", .steps = 0}, true);
  book.number("detached_first", typical(f.gradients[0])), book.number("detached_last", typical(f.gradients[2]));
}

void norms(Book& book) {
  plot::Axes loss{.title = "loss", .x = {"step"}, .y = {"loss", true}}, norm{.title = "length of the gradient", .x = {"step"}, .y = {"length", true}};
  for (const auto& [name, rate, fault] :
       {std::tuple{"rate 0.2", 0.2, "none"}, std::tuple{"rate 0.001", 0.001, "none"}, std::tuple{"rate 0.2, gradients kept", 0.2, "no-zero-grad"}}) {
    const a16::Findings f = a16::examine({.fault = fault, .rate = rate, .steps = 120}, false);
    loss.add(steps_of(name, f.loss)), norm.add(steps_of(name, f.norm));
  }
  book.figure("norms", {.title = "The loss says that something is wrong, the gradient where to look", .panels = {loss, norm}, .columns = 2});
}

void seeds(Book& book) {
  plot::Axes axes{.x = {"step"}, .y = {"loss"}};
  double least = 1, most = 0;
  for (uint64_t seed = 1; seed <= 8; seed++) {
    const a16::Findings f = a16::examine({.steps = 150, .seed = seed}, false);
    if (seed <= 3) axes.add(steps_of("seed " + std::to_string(seed), f.loss));
    least = std::min(least, f.accuracy), most = std::max(most, f.accuracy);
    if (seed == 1) {
      const a16::Findings again = a16::examine({.steps = 150, .seed = seed}, false);
      double apart = 0;
      for (size_t i = 0; i < f.loss.size(); i++) apart = std::max(apart, std::abs(f.loss[i] - again.loss[i]));
      plot::Line line = steps_of("seed 1, again", again.loss);
      line.stroke = plot::Stroke::dashed;
      axes.add(line);
      book.number("apart", apart);
    }
  }
  book.number("least", least), book.number("most", most);
  book.figure("seeds", {.title = "The same program with three seeds, one of them twice", .panels = {axes}});
}

void draw_a16(Book& book) {
  one_batch(book);
  histograms(book);
  norms(book);
  seeds(book);
}

}  // namespace

extern const LessonFigures A16_figures;
const LessonFigures A16_figures = {"A16", draw_a16};

}  // namespace cairn::course
