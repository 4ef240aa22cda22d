// One pass over examples in a plane and in more dimensions; then passes until nothing is wrong.
#include <course/machinery/judge/judge.h>

namespace {

struct Pass {
  std::vector<double> w;
  std::vector<std::vector<double>> X;
  std::vector<int> y;
};

std::string shown(const Pass& p) {
  std::string s = "w = " + judge::text(p.w) + ", X = [";
  for (size_t i = 0; i < p.X.size(); i++) s += (i ? ", " : "") + judge::text(p.X[i]);
  return s + "], y = " + judge::text(p.y);
}

void one_pass(const Answer& a, const Pass& p, judge::Output& o) {
  std::vector<double> w = p.w;
  const int mistakes = a.perceptron_epoch(w, p.X, p.y);
  o("w afterwards", w);
  o("mistakes", mistakes);
}

Pass drawn(judge::Draw& d, int64_t examples, int64_t features) {
  Pass p{d.numbers(features + 1), {}, {}};
  for (int64_t i = 0; i < examples; i++) {
    p.X.push_back(d.numbers(features));
    p.y.push_back(d.chance(0.5) ? 1 : -1);
  }
  if (d.chance(0.2)) p.w.assign(p.w.size(), 0.0);
  return p;
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Pass>("one example")
      .also({{{0, 0}, {{2}}, {1}}, {{0, 0}, {{2}}, {-1}}, {{1, 1}, {{2}}, {1}}, {{1, 1}, {{2}}, {-1}}, {{-2, 1}, {{2}}, {1}}, {{-1, 0}, {{5}}, {-1}}})
      .draw([](judge::Draw& d) { return drawn(d, 1, d.integer(1, 1 + d.size / 4)); })
      .show(shown)
      .run(one_pass)
      .times(40)
      .read("The maths");
  c.property<Pass>("a pass over several examples")
      .also({{{0, 0}, {{1}, {1}}, {1, 1}}, {{0, 0, 0}, {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, {-1, 1, 1, -1}}, {{1, 2}, {}, {}}})
      .draw([](judge::Draw& d) { return drawn(d, d.integer(2, 2 + d.size / 2), d.integer(1, 1 + d.size / 4)); })
      .show(shown)
      .run(one_pass)
      .read("By hand");
  c.property<Pass>("passes until none is wrong")
      .draw([](judge::Draw& d) {
        // Classes by a line that is not the origin's, with a gap.
        Pass p{{0, 0, 0}, {}, {}};
        const double bias = d.number(-1, 1);
        for (int64_t i = 0, n = d.integer(2, 4 + d.size); i < n; i++) {
          const std::vector<double> x = d.numbers(2, -2, 2);
          const double side = x[0] - 2 * x[1] + bias;
          if (side > -0.3 && side < 0.3) continue;
          p.X.push_back(x);
          p.y.push_back(side > 0 ? 1 : -1);
        }
        return p;
      })
      .show(shown)
      .run([](const Answer& a, const Pass& p, judge::Output& o) {
        std::vector<double> w = p.w;
        int passes = 0;
        for (int wrong = 1; wrong && passes < 300; passes++) wrong = a.perceptron_epoch(w, p.X, p.y);
        o("w in the end", w);
        o("passes", passes);
      })
      .times(20)
      .read("Predict, run, explain");
}
