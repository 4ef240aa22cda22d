#include <course/machinery/judge/judge.h>

#include <algorithm>

namespace {

struct Classes {
  int classes;
  std::vector<int> truth, predicted;
};

struct Ranked {
  std::vector<double> score;
  std::vector<int> label;
};

struct Values {
  std::vector<double> values;
  int times;
  double level;
  int64_t seed;
};

std::vector<int> labels(judge::Draw& d, int64_t n, int highest) {
  std::vector<int> v;
  for (int64_t i = 0; i < n; i++) v.push_back(int(d.integer(0, highest)));
  return v;
}

std::string shown_classes(const Classes& k) {
  return std::to_string(k.classes) + " classes, truth = " + judge::text(k.truth) + ", predicted = " + judge::text(k.predicted);
}
// Every class occurs in truth and in predicted: quotients with 0 below have a property of their own.
Classes on_both_sides(judge::Draw& d) {
  const int classes = int(d.integer(2, 2 + d.size / 4));
  const int64_t n = d.integer(1, 2 + d.size);
  Classes k{classes, labels(d, n, classes - 1), labels(d, n, classes - 1)};
  const int shift = d.chance(0.6) ? 0 : 1;
  for (int j = 0; j < classes; j++) k.truth.push_back(j), k.predicted.push_back((j + shift) % classes);
  return k;
}

std::string shown_ranked(const Ranked& r) { return "score = " + judge::text(r.score) + ", label = " + judge::text(r.label); }
void note_area(const Answer& a, const Ranked& r, judge::Output& o) { o("roc_auc", a.roc_auc(r.score, r.label)); }

std::string shown_values(const Values& v) {
  return "values = " + judge::text(v.values) + ", times = " + std::to_string(v.times) + ", level = " + judge::text(v.level);
}
void note_interval(const Answer& a, const Values& v, judge::Output& o) {
  judge::Draw random(uint64_t(v.seed), 1);
  const auto below = [&](size_t n) { return n ? size_t(random.integer(0, int64_t(n) - 1)) : size_t(0); };
  o("{low, high}", a.bootstrap_interval(v.values, v.times, v.level, below));
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  const auto each = [&](const char* name, size_t which) {
    c.property<Classes>(name)
        .also({{2, {1, 0, 1}, {1, 1, 0}},
               {2, {0, 0, 1, 1, 1}, {0, 1, 1, 1, 0}},
               {2, {0, 1, 1, 1}, {0, 0, 0, 1}},
               {3, {0, 0, 0, 1, 1, 2}, {0, 0, 1, 1, 0, 2}},
               {3, {0, 1, 2, 2, 2, 2}, {0, 1, 1, 2, 2, 0}}})
        .draw(on_both_sides)
        .show(shown_classes)
        .run([=](const Answer& a, const Classes& k, judge::Output& o) {
          const std::vector<double> found = a.f1(k.truth, k.predicted, k.classes);
          if (found.size() != 3) return o("how many numbers", found.size());
          o(name, found[which]);
        })
        .tolerance(1e-12, 1e-12)
        .read("The maths");
  };
  each("precision", 0);
  each("recall", 1);
  each("F1", 2);
  c.property<Classes>("classes that are never called, never there, or neither")
      .also({{2, {1}, {0}},
             {2, {0}, {0}},
             {2, {0, 1, 0}, {0, 0, 0}},
             {2, {1, 1, 1}, {0, 1, 1}},
             {3, {0, 0, 1}, {0, 1, 1}},
             {4, {0, 3, 3}, {3, 0, 0}},
             {1, {0, 0}, {0, 0}},
             {3, {}, {}}})
      .draw([](judge::Draw& d) {
        const int classes = int(d.integer(1, 5));
        const int64_t n = d.integer(1, 1 + d.size / 2);
        return Classes{classes, labels(d, n, classes - 1), labels(d, n, int(d.integer(0, classes - 1)))};
      })
      .show(shown_classes)
      .run([](const Answer& a, const Classes& k, judge::Output& o) { o("{precision, recall, F1}", a.f1(k.truth, k.predicted, k.classes)); })
      .tolerance(1e-12, 1e-12)
      .read("The maths");
  c.property<Ranked>("the area under the ROC curve")
      .also({{{2, 1}, {1, 0}}, {{1, 2}, {1, 0}}, {{0.9, 0.8, 0.3, 0.1}, {1, 0, 1, 0}}, {{-1e4, 1e4, 0, 1, -1}, {1, 0, 0, 1, 1}}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(2, 3 + d.size);
        Ranked r{{}, labels(d, n, 1)};
        r.label[0] = 1, r.label[1] = 0;
        for (const int64_t rank : d.permutation(n)) r.score.push_back(double(rank - n / 2) / 2);
        return r;
      })
      .show(shown_ranked)
      .run(note_area)
      .tolerance(1e-12, 1e-12)
      .read("The maths");
  c.property<Ranked>("the area with equal scores")
      .also({{{5, 5}, {1, 0}}, {{5, 5}, {0, 1}}, {{1, 1, 1, 0, 2}, {0, 1, 1, 1, 0}}, {{-1e4, 1e4, 0, 0, 0}, {1, 0, 0, 1, 1}}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(2, 2 + 2 * d.size);
        Ranked r{{}, labels(d, n, 1)};
        r.label[0] = 1, r.label[1] = 0;
        for (const int64_t s : d.integers(n, -2, 2)) r.score.push_back(double(s));
        return r;
      })
      .show(shown_ranked)
      .run(note_area)
      .tolerance(1e-12, 1e-12)
      .read("The maths");
  c.property<Ranked>("the area without a pair")
      .also({{{1, 2, 3}, {1, 1, 1}}, {{0.5}, {0}}, {{0.5}, {1}}, {{2, 2}, {0, 0}}, {{}, {}}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(0, 2 + d.size);
        return Ranked{d.numbers(n), std::vector<int>(size_t(n), int(d.integer(0, 1)))};
      })
      .show(shown_ranked)
      .run(note_area)
      .times(6)
      .read("The maths");
  c.property<Values>("one resample")
      .also({{{3}, 1, 0.9, 1}, {{1, 0}, 1, 0.5, 2}, {{1, 2, 4}, 1, 0.9, 3}, {{1, 2, 4, 8, 16}, 1, 1, 8}, {{-1, 2.5, -4}, 1, 0, 9}})
      .draw([](judge::Draw& d) {
        return Values{d.numbers(d.integer(1, 2 + d.size)), 1, d.number(0.1, 0.99), d.integer(1, 1000000)};
      })
      .show(shown_values)
      .run(note_interval)
      .tolerance(1e-11, 1e-11)
      .times(20)
      .read("The maths");
  c.property<Values>("an interval by the bootstrap")
      .also(
          {{{1, 2, 4}, 2, 1, 3}, {{1, 2, 4}, 3, 0, 4}, {{1, 0, 0, 1, 1}, 21, 0.9, 5}, {{1, 2, 4, 8, 16}, 40, 0.95, 6}, {{1, 2, 4, 8, 16}, 10, 1, 7}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 2 + d.size);
        return Values{d.numbers(n), int(d.integer(2, 3 + 3 * d.size)), d.number(0.1, 0.99), d.integer(1, 1000000)};
      })
      .show(shown_values)
      .run(note_interval)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
}
