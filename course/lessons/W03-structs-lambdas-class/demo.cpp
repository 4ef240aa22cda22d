// cairn demo W03: the same counter as a struct, as a lambda and as a class.
#include <course/machinery/figure.h>

#include <functional>

namespace cairn::course {
namespace {

struct Plain {
  int next = 0, step = 1;
};
int count(Plain& c) {
  c.next += c.step;
  return c.next - c.step;
}

class Counter {
 public:
  Counter(int start, int step) : next_(start), step_(step) {}
  int operator()() {
    next_ += step_;
    return next_ - step_;
  }
 private:
  int next_, step_;
};

struct ThreeCounters : Demo {
  int start = 0, step = 1, calls = 3;

  void fields(Fields& f) override {
    f("start", start, "what the first call gives", between(-1000, 1000));
    f("step", step, "how much is added at each call", between(-100, 100));
    f("calls", calls, "how often each counter is called", between(1, 20));
  }

  DemoResult run() override {
    Plain plain{start, step};
    const auto lambda = [next = start, step = step]() mutable {
      next += step;
      return next - step;
    };
    std::function<int()> function = lambda;
    Counter object(start, step);
    plot::Table t{.header = {"call", "struct", "lambda", "class"}};
    int last[3] = {};
    for (int i = 1; i <= calls; i++) {
      last[0] = count(plain), last[1] = function(), last[2] = object();
      t.rows.push_back({std::to_string(i), std::to_string(last[0]), std::to_string(last[1]), std::to_string(last[2])});
    }
    return {plot::Figure{.title = "One counter, written in three ways", .panels = {t}},
            {{"last of the struct", last[0]}, {"last of the lambda", last[1]}, {"last of the class", last[2]}},
            "The three remember the same number. In the struct everybody may change it, in the class only its own functions, and the lambda has it "
            "without a "
            "name."};
  }
};

}  // namespace

extern const LessonDemo W03_demo;
const LessonDemo W03_demo = {
    "W03",
    "a counter as struct, lambda and class",
    [] { return std::unique_ptr<Demo>(new ThreeCounters); },
    {{"start", "0", "10", "last of the class", 10}, {"step", "1", "5", "last of the lambda", 8}, {"calls", "3", "5", "last of the struct", 2}}};

}  // namespace cairn::course
