// W01: short vectors with negative numbers, zeros and repetitions, and the empty one.
#include <course/machinery/judge/judge.h>

namespace {

using Numbers = std::vector<int>;

struct Counted {
  Numbers v;
  int classes;
};

Numbers numbers(judge::Draw& d, int low, int high) {
  Numbers v;
  for (int64_t i = d.integer(0, 2 + d.size); i > 0; i--) v.push_back(int(d.integer(low, high)));
  return v;
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Numbers>("the mean")
      .also({{1, 2}, {3}, {5, 5, 5}, {1, 2, 4}, {-1, -2}, {-7}, {}, {4, 0, 0}, {0, 0, 4}})
      .draw([](judge::Draw& d) { return numbers(d, -9, 9); })
      .show([](const Numbers& v) { return "mean(" + judge::text(v) + ")"; })
      .run([](const Answer& a, const Numbers& v, judge::Output& o) { o("the mean", a.mean(v)); })
      .tolerance(1e-12, 1e-12)
      .read("By hand");
  c.property<Numbers>("how far the signs tilt")
      .also({{1}, {-1}, {5, -1, -2, 0}, {0}, {0, 0, 3}, {2, 2, -3}, {}})
      .draw([](judge::Draw& d) { return numbers(d, -3, 3); })
      .show([](const Numbers& v) { return "tilt(" + judge::text(v) + ")"; })
      .run([](const Answer& a, const Numbers& v, judge::Output& o) { o("the tilt", a.tilt(v)); })
      .tolerance(1e-12, 1e-12)
      .read("The maths");
  c.property<Counted>("how often each number occurs")
      .also({{{0, 1, 1}, 2}, {{2, 0, 2, 7}, 3}, {{3}, 3}, {{-1, 0}, 2}, {{7, 0, 0}, 3}, {{1, -1, 1}, 2}, {{}, 3}, {{1}, 0}, {{0, 0}, 1}})
      .draw([](judge::Draw& d) {
        const int classes = int(d.integer(0, 5));
        return Counted{numbers(d, -2, classes + 1), classes};
      })
      .show([](const Counted& x) { return "counts(" + judge::text(x.v) + ", " + std::to_string(x.classes) + ")"; })
      .run([](const Answer& a, const Counted& x, judge::Output& o) { o("the counts", a.counts(x.v, x.classes)); })
      .read("The code");
}
