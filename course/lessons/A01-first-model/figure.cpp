// A01's figures: three learning rates on two moons, the plane while the net learns, and the rate as a slider.
#include <course/machinery/figure.h>

#include <algorithm>
#include <cstdio>

#include "moons.h"

namespace cairn::course {
namespace {
using namespace a01;

std::string short_number(double v) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", v);
  return text;
}

void figures(Book& book) {
  const Moons m = moons(100, 0.1, 7);
  const int steps = 300;
  book.number("points", 100);
  book.number("steps", steps);

  // Three rates in one picture.
  plot::Axes three{.x = {.label = "step"}, .y = {.label = "loss", .log = true}};
  const struct {
    const char *name, *title;
    double rate;
  } rates[] = {{"small", "rate 0.01", 0.01}, {"middle", "rate 3", 3}, {"large", "rate 300", 300}};
  for (const auto& r : rates) {
    Trained t = train(m, r.rate, steps);
    plot::Line line = std::get<plot::Line>(curve(t.losses, "", 1e-3, 1e3).elements[0]);
    line.name = r.title;
    three.add(line);
    const std::string name = r.name;
    book.number("rate_" + name, r.rate);
    book.number("loss_" + name, t.losses.back());
    book.number("right_" + name, 100 * t.right);
    book.number("highest_" + name, *std::max_element(t.losses.begin(), t.losses.end()));
    if (name == "middle") {
      book.number("first_loss", t.losses.front());
      book.number("weights", double(t.weights));
      book.number("loss_10", t.losses[10]);
    }
  }
  book.figure("three_rates", plot::Figure{.title = "The loss in 300 steps, at three learning rates", .panels = {three}});
  // How many steps of the small rate until the loss is where the middle one brought it in ten?
  const Trained slow = train(m, 0.01, 3000);
  const Trained quick = train(m, 3, 10);
  size_t same = 0;
  while (same + 1 < slow.losses.size() && slow.losses[same] > quick.losses.back()) same++;
  book.number("slow_steps", double(same));

  std::vector<Frame> while_learning;
  for (const int at : {0, 1, 2, 5, 10, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300}) {
    Trained t = train(m, 3, at);
    while_learning.push_back({std::to_string(at), plot::Figure{.title = "The plane after some steps", .panels = {boundary(t.net, m, "rate 3")}},
                              "After " + std::to_string(at) + " steps the loss is " + short_number(t.losses.back()) + ", and " +
                                  short_number(100 * t.right) + " % of the points lie on their side."});
  }
  book.slider("while_learning", "steps", while_learning);

  std::vector<Frame> by_rate;
  for (const double rate : {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 20.0, 30.0, 100.0, 300.0, 1000.0}) {
    Trained t = train(m, rate, steps);
    by_rate.push_back({short_number(rate),
                       plot::Figure{.title = "What a learning rate leads to",
                                    .panels = {curve(t.losses, "loss", 1e-4, 1e4), boundary(t.net, m, "the plane after 300 steps")},
                                    .columns = 2},
                       "With the rate " + short_number(rate) + " the loss after 300 steps is " + short_number(t.losses.back()) + "."});
  }
  book.slider("by_rate", "learning rate", by_rate);
}

}  // namespace

extern const LessonFigures A01_figures;
const LessonFigures A01_figures = {"A01", figures};

}  // namespace cairn::course
