// cairn demo A01: two moons, with a learning rate, a number of steps and a noise of your choice.
#include <course/machinery/figure.h>

#include <cstdio>

#include "moons.h"

namespace cairn::course {
namespace {

struct FirstModel : Demo {
  double rate = 3, noise = 0.1;
  int steps = 300;

  void fields(Fields& f) override {
    f("rate", rate, "the learning rate: how far a step goes", between(0.0, 1000.0));
    f("steps", steps, "how many steps are taken", between(0, 3000));
    f("noise", noise, "how far the points are scattered around their moons", between(0.0, 0.5));
  }

  DemoResult run() override {
    const a01::Moons m = a01::moons(100, noise, 7);
    a01::Trained t = a01::train(m, rate, steps);
    const double first = t.losses.front(), last = t.losses.back(), right = 100 * t.right;
    char before[64];
    std::snprintf(before, sizeof before, "The loss was %.3g before the first step. ", first);
    std::string says = before;
    if (rate == 0) says = "A rate of 0 changes no weight, so the loss stays where it was.";
    else if (!(last < first)) says += "It ends higher than that: the steps are too long and jump over the valley. Try a tenth of the rate.";
    else if (last < 0.1) says += "It has fallen far: the boundary follows the moons.";
    else says += "It has fallen, but not far. Try more steps, or a larger rate.";
    return {plot::Figure{.title = "Two moons, a net with 16 hidden units",
                         .panels = {a01::curve(t.losses, "loss", 1e-4, 1e4), a01::boundary(t.net, m, "the plane after the last step")},
                         .columns = 2},
            {{"loss before the first step", first}, {"loss after the last step", last}, {"points on their side, in percent", right}},
            says};
  }
};

}  // namespace

extern const LessonDemo A01_demo;
const LessonDemo A01_demo = {"A01",
                             "two moons: what does the learning rate do?",
                             [] { return std::unique_ptr<Demo>(new FirstModel); },
                             {{"rate", "0.01", "3", "loss after the last step", 0.2},
                              {"steps", "10", "300", "loss after the last step", 0.1},
                              {"noise", "0.05", "0.5", "loss after the last step", 0.1}}};

}  // namespace cairn::course
