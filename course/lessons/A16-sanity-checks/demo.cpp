// A16: the doctor. A training loop with a fault of your choice is examined: the loss at the start, one batch learned by heart, the lengths of the
// gradients, and what is left on digits that it never saw.
#include <algorithm>
#include <cmath>

#include <course/machinery/figure.h>

#include "patient.h"

namespace cairn::course {

namespace {

class Doctor final : public Demo {
 public:
  void fields(Fields& f) override {
    f("fault", case_.fault, "what is wrong with the loop", one_of(a16::faults()));
    f("rate", case_.rate, "learning rate", between(0, 100));
    f("steps", case_.steps, "steps of training", between(1, 2000));
    f("batch", case_.batch, "digits in a batch", between(1, 512));
    f("scale", case_.scale, "the starting weights are multiplied by this", between(0, 100));
    f("seed", seed_, "of the weights and of the order of the batches", between(0, 1000000));
  }

  DemoResult run() override {
    case_.seed = uint64_t(seed_);
    const a16::Findings one = a16::examine(case_, true), all = a16::examine(case_, false);
    const auto line = [](const std::string& name, const std::vector<double>& y) {
      plot::Line l{.name = name};
      for (size_t i = 0; i < y.size(); i++) l.x.push_back(double(i)), l.y.push_back(std::max(y[i], 1e-6));
      return l;
    };
    plot::Axes losses{.title = "loss", .x = {"step"}, .y = {"cross-entropy", true}},
        norms{.title = "length of the gradient", .x = {"step"}, .y = {"length", true}};
    losses.add(line("one batch", one.loss)).add(line("all batches", all.loss));
    norms.add(line("one batch", one.norm)).add(line("all batches", all.norm));

    double first = 0;
    for (const double g : one.gradients[0]) first += g * g;
    const double end = one.finite ? std::min(one.loss.back(), 100.0) : 100.0;
    DemoResult result;
    result.figure = {.title = "The doctor", .panels = {losses, norms}, .columns = 1};
    result.numbers = {{"loss at the start", one.finite || one.loss.size() > 1 ? one.loss.front() : 100.0},
                      {"loss that guessing has", std::log(10.0)},
                      {"loss of one batch at the end", end},
                      {"gradient of the first layer", std::sqrt(first)},
                      {"accuracy on new digits", all.accuracy}};
    result.says =
        !one.finite || !all.finite ? "The loss is no number any more. Look at the length of the gradient: where it grows without end, the steps are "
                                     "too long or are added up."
        : first == 0 ? "No gradient reaches the first layer. Look for a detach, for weights that are all 0, for a unit that never fires."
        : end > 0.1  ? "One batch is not learned by heart. No amount of data or patience mends that: the bug is in the loop, the loss or the labels."
        : all.accuracy < 0.8
            ? "One batch is learned, the digits as a whole are not yet: now it is worth looking at the rate, at the number of steps, at the data."
            : "The loss begins where guessing has it, one batch is learned by heart, every layer has a gradient: healthy.";
    return result;
  }

 private:
  a16::Case case_;
  int seed_ = 16;
};

}  // namespace

extern const LessonDemo A16_demo;
const LessonDemo A16_demo = {"A16",
                             "the doctor: what is wrong with this training loop?",
                             [] { return std::unique_ptr<Demo>(new Doctor); },
                             {{"fault", "none", "softmax-twice", "loss of one batch at the end", 0.3},
                              {"rate", "0.001", "0.2", "loss of one batch at the end", 0.5},
                              {"steps", "5", "200", "loss of one batch at the end", 0.5},
                              {"batch", "2", "64", "accuracy on new digits", 0.02},
                              {"scale", "0.01", "1", "loss of one batch at the end", 0.5},
                              {"seed", "16", "17", "loss at the start", 0.001}}};

}  // namespace cairn::course
