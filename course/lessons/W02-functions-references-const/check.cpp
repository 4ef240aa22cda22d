// W02: what is returned, what was changed, and what must not have been. A returned reference is looked up in the vector by its address.
#include <course/machinery/judge/judge.h>

#include <stdexcept>

namespace {

struct Clip {
  std::vector<double> v;
  double low, high;
};
struct Sum {
  std::vector<double> sum, v;
  bool itself = false;
};

Clip clip_input(judge::Draw& d) {
  Clip c{d.numbers(d.integer(0, 1 + d.size)), d.number(-3, 1), 0};
  c.high = c.low + d.pick<double>({0, 1, 3});
  return c;
}

std::string words_text(const std::vector<std::string>& words) {
  std::string out = "{";
  for (size_t i = 0; i < words.size(); i++) out += (i ? ", \"" : "\"") + words[i] + "\"";
  return out + "}";
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Clip>("clip changes the vector")
      .also({{{5}, 0, 1}, {{-5}, 0, 1}, {{0.5}, 0, 1}, {{-2, 0, 2}, -1, 1}, {{}, 0, 1}, {{3, -3}, 2, 2}})
      .draw(clip_input)
      .show([](const Clip& x) { return "clip(v, " + judge::text(x.low) + ", " + judge::text(x.high) + ") with v = " + judge::text(x.v); })
      .run([](const Answer& a, const Clip& x, judge::Output& o) {
        std::vector<double> v = x.v;
        a.clip(v, x.low, x.high);
        o("v afterwards", v);
      })
      .read("By hand");
  c.property<Clip>("clipped returns a new one")
      .also({{{5, 0.5}, 0, 1}, {{-2, 0, 2}, -1, 1}, {{}, 0, 1}})
      .draw(clip_input)
      .show([](const Clip& x) { return "clipped(v, " + judge::text(x.low) + ", " + judge::text(x.high) + ") with v = " + judge::text(x.v); })
      .run([](const Answer& a, const Clip& x, judge::Output& o) {
        std::vector<double> v = x.v;
        o("the result", a.clipped(v, x.low, x.high));
        o("v afterwards", v);
      })
      .read("By hand");
  c.property<std::vector<std::string>>("longest refers to the word in the vector")
      .also({{"a"}, {"to", "tea"}, {"tea", "to"}, {"sea", "tea"}, {}, {""}, {"", "x"}, {"a", "tree", "sea"}, {"tree", "a", "sea"}})
      .draw([](judge::Draw& d) {
        std::vector<std::string> words;
        for (int64_t i = d.integer(0, 1 + d.size / 2); i > 0; i--)
          words.push_back(d.pick<std::string>({"net", "bias", "loss", "epoch", "", "gradient", "x", "step"}));
        return words;
      })
      .show([](const std::vector<std::string>& w) { return "longest(" + words_text(w) + ")"; })
      .run([](const Answer& a, const std::vector<std::string>& words, judge::Output& o) {
        const std::string* found = nullptr;
        try {
          found = a.longest(words);
        } catch (const std::invalid_argument& e) {
          const bool right = std::string(e.what()) == "no words";
          o("the result", right ? "throws std::invalid_argument(\"no words\")" : "throws std::invalid_argument with another message");
          return;
        } catch (const std::exception&) {
          o("the result", "throws an exception of another type");
          return;
        }
        int64_t at = -1;  // compared by address alone: what it refers to may be gone
        for (size_t i = 0; i < words.size(); i++)
          if (&words[i] == found) at = int64_t(i);
        o("the result", at < 0 ? "no string of the vector" : "refers to words[" + std::to_string(at) + "]");
      })
      .read("The maths");
  c.property<Sum>("add_to, with itself as well")
      .also({{{1}, {2}}, {{1, 2}, {10}}, {{1}, {10, 20}}, {{}, {3}}, {{3}, {}}, {{1, 2}, {1, 2}, true}, {{}, {}, true}})
      .draw([](judge::Draw& d) {
        Sum s{d.numbers(d.integer(0, 1 + d.size / 2)), d.numbers(d.integer(0, 1 + d.size / 2)), d.chance(0.25)};
        if (s.itself) s.v = s.sum;
        return s;
      })
      .show([](const Sum& s) {
        return s.itself ? "add_to(v, v) with v = " + judge::text(s.v)
                        : "add_to(sum, v) with sum = " + judge::text(s.sum) + ", v = " + judge::text(s.v);
      })
      .run([](const Answer& a, const Sum& s, judge::Output& o) {
        std::vector<double> sum = s.sum;
        const std::vector<double> v = s.v;
        a.add_to(sum, s.itself ? sum : v);
        o("sum afterwards", sum);
      })
      .tolerance(1e-12, 1e-12)
      .read("What goes wrong in practice");
}
