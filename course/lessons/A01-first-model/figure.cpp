// A01's figures: three learning rates on two moons, the plane while the net learns, and the rate as a slider.
#include <course/machinery/figure.h>

#include <algorithm>

#include "moons.h"

namespace cairn::course {
namespace {

void draw_a01(Book& book) {
  const a01::Moons m = a01::moons(100, 0.1, 7);
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
    a01::Trained t = a01::train(m, r.rate, steps);
    plot::Line line = std::get<plot::Line>(a01::curve(t.losses, "", 1e-3, 1e3).elements[0]);
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
  const a01::Trained slow = a01::train(m, 0.01, 3000);
  const a01::Trained quick = a01::train(m, 3, 10);
  size_t same = 0;
  while (same + 1 < slow.losses.size() && slow.losses[same] > quick.losses.back()) same++;
  book.number("slow_steps", double(same));

  std::vector<Frame> while_learning;
  for (const int at : {0, 1, 2, 5, 10, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300}) {
    a01::Trained t = a01::train(m, 3, at);
    while_learning.push_back({std::to_string(at), plot::Figure{.title = "The plane after some steps", .panels = {a01::boundary(t.net, m, "rate 3")}},
                              "After " + std::to_string(at) + " steps the loss is " + said("%.4g", t.losses.back()) + ", and " +
                                  said("%.4g", 100 * t.right) + " % of the points lie on their side."});
  }
  book.slider("while_learning", "steps", while_learning);

  std::vector<Frame> by_rate;
  for (const double rate : {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 20.0, 30.0, 100.0, 300.0, 1000.0}) {
    a01::Trained t = a01::train(m, rate, steps);
    by_rate.push_back({said("%.4g", rate),
                       plot::Figure{.title = "What a learning rate leads to",
                                    .panels = {a01::curve(t.losses, "loss", 1e-4, 1e4), a01::boundary(t.net, m, "the plane after 300 steps")},
                                    .columns = 2},
                       "With the rate " + said("%.4g", rate) + " the loss after 300 steps is " + said("%.4g", t.losses.back()) + "."});
  }
  book.slider("by_rate", "learning rate", by_rate);
}

}  // namespace

extern const LessonFigures A01_figures;
const LessonFigures A01_figures = {"A01", draw_a01};

}  // namespace cairn::course
