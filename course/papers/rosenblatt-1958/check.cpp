// One step of the perceptron's rule: is it taken when it must be, and where does it lead?
#include <course/machinery/judge/judge.h>

namespace {

struct Step {
  std::vector<double> w, x;
  int y;
};

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Step>("one step")
      .also({{{0, 0}, {1, 2}, 1},
             {{0, 0}, {1, 2}, -1},
             {{1, 1}, {1, 2}, 1},
             {{1, 1}, {1, 2}, -1},
             {{-1, 1}, {1, 1}, 1},
             {{-1, 1}, {1, 1}, -1},
             {{0.5, 0}, {1, 2}, 1},
             {{3, -1}, {1, 2}, 1},
             {{-1, -1}, {1, 1}, -1},
             {{2}, {1}, -1},
             {{-2}, {1}, -1},
             {{1.5, -0.5}, {1, 1}, 1},
             {{0.5, 0.5}, {1, 1}, 1}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 2);
        Step s{d.numbers(n + 1), d.numbers(n + 1), d.chance(0.5) ? 1 : -1};
        s.x[0] = 1;
        if (d.chance(0.15)) s.w.assign(s.w.size(), 0.0);
        return s;
      })
      .show([](const Step& s) { return "w = " + judge::text(s.w) + ", x = " + judge::text(s.x) + ", y = " + std::to_string(s.y); })
      .run([](const Answer& a, const Step& s, judge::Output& o) {
        std::vector<double> w = s.w;
        const bool changed = a.update(w, s.x, s.y);
        o("w afterwards", w);
        o("the result", changed);
      })
      .times(100)
      .read("The equation");
}
