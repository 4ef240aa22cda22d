// A02: shapes that fit and shapes that do not, of no to four axes, with ones and zeros; then strides for shapes that fit.
#include <course/machinery/judge/judge.h>

#include <stdexcept>

namespace {

using Shape = std::vector<int64_t>;

struct Two {
  Shape a, b;
};
struct Read {
  Shape shape, to;
};

std::string braces(const Shape& s) {
  std::string out = "{";
  for (size_t i = 0; i < s.size(); i++) out += (i ? ", " : "") + std::to_string(s[i]);
  return out + "}";
}

// A shape, and one that fits with it or, now and then, does not.
Two two(judge::Draw& d) {
  const Shape sizes = d.size < 4 ? Shape{1, 2, 3} : Shape{0, 1, 1, 2, 3, 4, 5};
  const int64_t most = d.size < 4 ? 2 : 4;
  Shape whole;
  for (int64_t i = d.integer(1, most); i > 0; i--) whole.push_back(d.pick(sizes));
  Two t;
  const auto part = [&](Shape& s) {
    for (size_t i = size_t(d.integer(0, int64_t(whole.size()))); i < whole.size(); i++) s.push_back(d.chance(0.3) ? 1 : whole[i]);
  };
  part(t.a);
  part(t.b);
  if (!t.b.empty() && d.chance(0.3)) t.b[size_t(d.integer(0, int64_t(t.b.size()) - 1))] = d.pick(sizes);
  return t;
}

Read reading(judge::Draw& d) {
  const Shape sizes = d.size < 4 ? Shape{1, 2, 3} : Shape{0, 1, 2, 3, 4, 5};
  Read r;
  for (int64_t i = d.integer(1, d.size < 4 ? 2 : 4); i > 0; i--) r.to.push_back(d.pick(sizes));
  for (size_t i = size_t(d.integer(0, int64_t(r.to.size()))); i < r.to.size(); i++) r.shape.push_back(d.chance(0.3) ? 1 : r.to[i]);
  return r;
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Two>("the shape of the result")
      .also({{{3}, {3}},
             {{2, 3}, {3}},
             {{2, 2}, {2}},
             {{3}, {2}},
             {{3, 1}, {4}},
             {{1, 4}, {3, 1}},
             {{}, {}},
             {{}, {2, 3}},
             {{4}, {}},
             {{0}, {1}},
             {{1}, {0}},
             {{0}, {3}},
             {{2, 3}, {2}},
             {{2}, {4}},
             {{4, 2}, {2, 2}},
             {{0, 2}, {1, 2}},
             {{2, 0}, {2, 3}},
             {{64, 1, 28}, {10, 1}}})
      .draw(two)
      .show([](const Two& t) { return "broadcast_shapes(" + braces(t.a) + ", " + braces(t.b) + ")"; })
      .run([](const Answer& a, const Two& t, judge::Output& o) {
        Shape result;
        try {
          result = a.broadcast_shapes(t.a, t.b);
        } catch (const std::invalid_argument&) {
          o("the shape", "throws std::invalid_argument");
          return;
        } catch (const std::exception&) {
          o("the shape", "throws an exception of another type");
          return;
        }
        o("the shape", result);
      })
      .times(120)
      .read("The maths");
  c.property<Read>("strides that repeat without copying")
      .also({{{3}, {3}},
             {{2, 3}, {2, 3}},
             {{3, 2, 4}, {3, 2, 4}},
             {{3, 1}, {3, 4}},
             {{3}, {2, 3}},
             {{1}, {5}},
             {{}, {2, 2}},
             {{1, 3}, {2, 3}},
             {{2, 0}, {2, 0}},
             {{0, 3}, {0, 3}},
             {{2, 0, 3}, {2, 0, 3}},
             {{1, 3}, {1, 3}},
             {{2, 1, 3}, {2, 1, 3}},
             {{3, 1, 2}, {2, 3, 4, 2}}})
      .draw(reading)
      .show([](const Read& r) { return "broadcast_strides(" + braces(r.shape) + ", " + braces(r.to) + ")"; })
      .run([](const Answer& a, const Read& r, judge::Output& o) { o("the strides", a.broadcast_strides(r.shape, r.to)); })
      .read("By hand");
}
