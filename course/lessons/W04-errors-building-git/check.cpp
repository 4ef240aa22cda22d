// W04: lists of both parities, scores on both sides of the goal and on it, texts with blanks everywhere.
#include <course/machinery/judge/judge.h>

namespace {

struct Score {
  double score, goal;
};

std::string escaped(const std::string& s) {
  std::string out;
  for (const char c : s) out += c == '\t' ? "\\t" : c == '\n' ? "\\n" : std::string(1, c);
  return out;
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<std::vector<double>>("the median")
      .also({{3}, {1, 2}, {3, 1, 2}, {4, 1, 3, 2}, {}, {-1, -3}, {5, 5}, {9, 1, 5}})
      .draw([](judge::Draw& d) { return d.numbers(d.integer(0, 2 + d.size)); })
      .show([](const std::vector<double>& v) { return "median(" + judge::text(v) + ")"; })
      .run([](const Answer& a, const std::vector<double>& v, judge::Output& o) { o("the median", a.median(v)); })
      .tolerance(1e-12, 1e-12)
      .read("Exercise");
  c.property<Score>("the verdict")
      .also({{0.9, 0.5}, {0.4, 0.5}, {0.5, 0.5}, {0, 0}, {-1, 0}})
      .draw([](judge::Draw& d) {
        const double goal = d.number();
        return Score{d.chance(0.25) ? goal : d.number(), goal};
      })
      .show([](const Score& s) { return "verdict(" + judge::text(s.score) + ", " + judge::text(s.goal) + ")"; })
      .run([](const Answer& a, const Score& s, judge::Output& o) { o("the verdict", a.verdict(s.score, s.goal)); })
      .read("Exercise");
  c.property<std::string>("the words of a text")
      .also({"deep learning", "one", "", " ", "a ", " a", "a  b", "  to  be  ", "a\tb", "a b\n", "a\n b", "a\nb"})
      .draw([](judge::Draw& d) {
        std::string text;
        for (int64_t i = d.integer(0, 3 + d.size); i > 0; i--) text += d.pick<std::string>({" ", " ", " ", "a", "net", "x", "\t"});
        return text;
      })
      .show([](const std::string& s) { return "words_in(\"" + escaped(s) + "\")"; })
      .run([](const Answer& a, const std::string& s, judge::Output& o) { o("the number of words", a.words_in(s)); })
      .read("Exercise");
}
