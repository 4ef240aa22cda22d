// cairn demo W02: the same function by value and by reference, and how many numbers each of them copies.
#include <course/machinery/figure.h>

#include "counted.h"

namespace cairn::course {
namespace {

struct Passing : Demo {
  int64_t length = 1000, calls = 100;

  void fields(Fields& f) override {
    f("length", length, "how many numbers the list holds", between(1, 100000));
    f("calls", calls, "how often the function is called", between(1, 1000));
  }

  DemoResult run() override {
    const double value = double(w02::copied(length, calls, true)), reference = double(w02::copied(length, calls, false));
    plot::Axes axes{.x = {.names = {"by value", "by const reference"}}, .y = {.label = "numbers copied"}};
    axes.add(plot::Bars{.y = {value, reference}});
    return {plot::Figure{.title = "What " + std::to_string(calls) + " calls copy", .panels = {axes}},
            {{"copied by value", value}, {"copied by reference", reference}},
            "Both functions return the same sum. By value, each call first copies the whole list and throws the copy away at its end; by reference "
            "it looks at "
            "the list where it lies."};
  }
};

}  // namespace

extern const LessonDemo W02_demo;
const LessonDemo W02_demo = {"W02",
                             "by value and by reference: what is copied?",
                             [] { return std::unique_ptr<Demo>(new Passing); },
                             {{"length", "10", "1000", "copied by value", 50000}, {"calls", "10", "100", "copied by value", 50000}}};

}  // namespace cairn::course
