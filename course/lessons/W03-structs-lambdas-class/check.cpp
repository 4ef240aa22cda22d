// W03: objects one after the other, two side by side, copies of both kinds.
#include <course/machinery/judge/judge.h>

#include <cstdlib>

namespace {

struct Script {
  std::vector<double> values;
  std::vector<int> resets;
};
struct Pair {
  std::vector<double> first, second;
};
struct Counts {
  int start, other, calls;
};
struct Write {
  std::vector<double> numbers;
  int at;
  double x;
};

std::string told(int value, const Counts& x) {
  if (std::abs(value - x.start) <= 25) return std::to_string(value);
  return std::abs(value - x.other) <= 25 ? std::to_string(value) : "another number";
}

std::string script_text(const Script& s) {
  std::string out = "mean() and count(); ";
  for (size_t i = 0; i < s.values.size(); i++) out += (s.resets[i] ? "reset(); add(" : "add(") + judge::text(s.values[i]) + "); ";
  return out + "reset()";
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Script>("mean and count after each call")
      .also({{{3}, {0}}, {{1, 2}, {0, 0}}, {{4, 0}, {0, 0}}, {{5, 7}, {0, 1}}, {{-1, 2, 2}, {0, 0, 0}}})
      .draw([](judge::Draw& d) {
        Script s{d.numbers(d.integer(0, 1 + d.size / 2)), {}};
        for (size_t i = 0; i < s.values.size(); i++) s.resets.push_back(d.chance(0.2));
        return s;
      })
      .show(script_text)
      .run([](const Answer& a, const Script& s, judge::Output& o) {
        const std::vector<double> seen = a.running(s.values, s.resets);
        std::vector<double> means, counts;
        for (size_t i = 0; i + 1 < seen.size(); i += 2) means.push_back(seen[i]), counts.push_back(seen[i + 1]);
        o("mean() after each call", means);
        o("count() after each call", counts);
      })
      .tolerance(1e-12, 1e-11)
      .read("The maths");
  c.property<Pair>("two objects and a copy, each for itself")
      .also({{{1}, {2}}, {{1, 3}, {}}, {{}, {5}}})
      .draw([](judge::Draw& d) {
        return Pair{d.numbers(d.integer(0, 4)), d.numbers(d.integer(0, 4))};
      })
      .show([](const Pair& p) {
        return "a gets " + judge::text(p.first) + ", b gets " + judge::text(p.second) + ", then RunningMean copy = a; copy.add(100)";
      })
      .run([](const Answer& a, const Pair& p, judge::Output& o) { o("mean and count of a, b and copy", a.side_by_side(p.first, p.second)); })
      .tolerance(1e-12, 1e-11)
      .read("The maths");
  // What a call gives is told by the start it belongs to: a number that outlives a counter is another one in every run.
  c.property<Counts>("two counters, each with a number of its own")
      .also({{5, 80, 1}, {0, 40, 2}})
      .draw([](judge::Draw& d) {
        return Counts{int(d.integer(-5, 9)), int(d.integer(60, 90)), int(d.integer(2, 4))};
      })
      .show([](const Counts& x) {
        return "one = counter(" + std::to_string(x.start) + "), two = counter(" + std::to_string(x.other) + "); then one(), one(), two(), " +
               std::to_string(x.calls) + " times";
      })
      .run([](const Answer& a, const Counts& x, judge::Output& o) {
        a.counted(1000, 2000, 1);
        const std::vector<int> seen = a.counted(x.start, x.other, x.calls);
        std::string one, two;
        for (size_t i = 0; i < seen.size(); i++) (i % 3 == 2 ? two : one) += (i == 0 || i == 2 ? "" : ", ") + told(seen[i], x);
        o("what the calls give", "one() gives " + one + "; two() gives " + two);
      })
      .times(20)
      .read("By hand");
  c.property<Counts>("counters")
      .also({{0, 10, 1}, {5, 5, 2}, {-2, 3, 3}})
      .draw([](judge::Draw& d) {
        return Counts{int(d.integer(-5, 5)), int(d.integer(-5, 50)), int(d.integer(1, 4))};
      })
      .show([](const Counts& x) {
        return "one = counter(" + std::to_string(x.start) + "), two = counter(" + std::to_string(x.other) + "); then one(), one(), two(), " +
               std::to_string(x.calls) + " times";
      })
      .run([](const Answer& a, const Counts& x, judge::Output& o) { o("what the calls give", a.counted(x.start, x.other, x.calls)); })
      .read("By hand");
  c.property<Write>("a clone has storage of its own")
      .also({{{1}, 0, 2}, {{1, 2, 3}, 1, 9}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 2);
        return Write{d.numbers(n), int(d.integer(0, n - 1)), d.number() + 50};
      })
      .show([](const Write& w) {
        return "b holds " + judge::text(w.numbers) + "; Buffer copy = clone(b); (*copy.numbers)[" + std::to_string(w.at) + "] = " + judge::text(w.x);
      })
      .run([](const Answer& a, const Write& w, judge::Output& o) { o("the numbers of b, then those of the copy", a.cloned(w.numbers, w.at, w.x)); })
      .read("Predict, run, explain");
}
