// A12: the graph stepper. A neuron with a loss: walk to any step of the forward and the backward pass, in the right order or a wrong one, once or
// twice.
#include <cmath>

#include <course/machinery/figure.h>

#include "steps.h"

namespace cairn::course {

namespace {

class Stepper final : public Demo {
 public:
  void fields(Fields& f) override {
    f("w", w_, "the weight", between(-10, 10));
    f("x", x_, "the input", between(-10, 10));
    f("b", b_, "the bias", between(-10, 10));
    f("truth", truth_, "what y should be", between(-100, 100));
    f("step", step_, "steps done: 7 forward, then 7 backward", between(0, 14));
    f("order", order_, "complete: a value sends when all has come; levels: as near as it lies to the loss", one_of({"complete", "levels"}));
    f("calls", calls_, "how often backward is called without clearing", between(1, 5));
  }

  DemoResult run() override {
    std::vector<a12::Item> items = a12::neuron(x_, w_, b_, truth_);
    int done = 0;
    size_t at = items.size();
    for (size_t i = 0; i < items.size(); i++)
      if (!items[i].from.empty() && done < step_) items[i].compute(items), at = i, done++;
    bool backwards = false;
    for (int call = 0; call < calls_ && done >= 7; call++) {
      items.back().grad = 1;
      int sent = 7;
      for (const size_t i : a12::order_of(items, order_))
        if (sent < step_) a12::send(items, i), at = i, backwards = true, sent++;
      done = std::max(done, sent);
    }
    // The slope of the loss for w as it is, measured.
    const auto loss = [&](double w) {
      std::vector<a12::Item> other = a12::neuron(x_, w, b_, truth_);
      a12::compute(other);
      return other.back().data;
    };
    const double h = 1e-5 * std::max(1.0, std::abs(w_)), measured = (loss(w_ + h) - loss(w_ - h)) / (2 * h),
                 error = std::abs(items[0].grad - measured);

    DemoResult result;
    result.figure = {.title = "The graph stepper", .panels = {a12::drawn(items, at, backwards)}};
    result.numbers = {
        {"loss", items.back().data}, {"gradient of w", items[0].grad}, {"gradient of b", items[2].grad}, {"measured slope for w", measured}};
    const bool whole = done >= 14, right = error <= 1e-4 * std::max(1.0, std::abs(measured));
    result.says = !whole && step_ < 7 ? "The forward pass is on its way: values fill from the inputs to the loss. "
                  : !whole            ? "The backward pass is on its way: the marked value sends its gradient, times the slope, to its inputs. "
                  : right             ? "All gradients are there, and that of w agrees with the measured slope. "
                  : calls_ > 1        ? "The gradients of the calls have been added up: nobody set them to 0 in between. "
                                      : "The gradient of w is wrong: h sent its gradient on before its second share had come. ";
    if (items[6].data == 0 && done >= 3) result.says += "h is 0: relu is off, so that no gradient reaches w and b.";
    return result;
  }

 private:
  double w_ = 1, x_ = 2, b_ = -1, truth_ = 5;
  int step_ = 14, calls_ = 1;
  std::string order_ = "complete";
};

}  // namespace

extern const LessonDemo A12_demo;
const LessonDemo A12_demo = {"A12",
                             "the graph stepper: values go forward, gradients come back",
                             [] { return std::unique_ptr<Demo>(new Stepper); },
                             {{"w", "1", "2", "gradient of w", 10},
                              {"x", "1", "2", "gradient of w", 10},
                              {"b", "-1", "0", "gradient of w", 1},
                              {"truth", "5", "0", "gradient of w", 10},
                              {"step", "7", "14", "gradient of w", 10},
                              {"order", "complete", "levels", "gradient of w", 10},
                              {"calls", "1", "2", "gradient of w", 10}}};

}  // namespace cairn::course
