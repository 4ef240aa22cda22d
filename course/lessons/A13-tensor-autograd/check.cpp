#include <course/machinery/judge/judge.h>

namespace {

struct Product {
  size_t batch, n, k, m;
  bool shared;
  std::vector<double> a, b, dc, da, db;
};

Product some(judge::Draw& d, size_t batch, size_t n, size_t k, size_t m, bool shared, bool filled = false) {
  Product p{batch, n, k, m, shared, {}, {}, {}, {}, {}};
  p.a = d.numbers(int64_t(batch * n * k)), p.b = d.numbers(int64_t((shared ? 1 : batch) * k * m)), p.dc = d.numbers(int64_t(batch * n * m));
  p.da = filled ? d.numbers(int64_t(p.a.size())) : std::vector<double>(p.a.size(), 0.0);
  p.db = filled ? d.numbers(int64_t(p.b.size())) : std::vector<double>(p.b.size(), 0.0);
  return p;
}
// 1, 2, 3, ... in every place, so that a wrong place shows.
Product counted(size_t batch, size_t n, size_t k, size_t m, bool shared) {
  const auto count = [](size_t size, double first) {
    std::vector<double> v;
    for (size_t i = 0; i < size; i++) v.push_back(first + double(i));
    return v;
  };
  const size_t matrices = shared ? 1 : batch;
  return {batch,
          n,
          k,
          m,
          shared,
          count(batch * n * k, 1),
          count(matrices * k * m, 2),
          count(batch * n * m, -1),
          std::vector<double>(batch * n * k, 0.0),
          std::vector<double>(matrices * k * m, 0.0)};
}
size_t side(judge::Draw& d) { return size_t(d.integer(1, 2 + d.size / 4)); }

std::string shown(const Product& p) {
  const auto rows = [](size_t r, size_t c, const std::vector<double>& v) { return judge::matrix_text(int64_t(r), int64_t(c), v); };
  return "batch = " + std::to_string(p.batch) + ", n = " + std::to_string(p.n) + ", k = " + std::to_string(p.k) + ", m = " + std::to_string(p.m) +
         (p.batch > 1 ? p.shared ? ", one b for the batch" : ", a b for each" : "") + ", a = " + rows(p.batch * p.n, p.k, p.a) +
         ", b = " + rows(p.b.size() / p.m, p.m, p.b) + ", dc = " + rows(p.batch * p.n, p.m, p.dc);
}
std::string shown_filled(const Product& p) { return shown(p) + ", da before = " + judge::text(p.da) + ", db before = " + judge::text(p.db); }

void note(const Answer& a, const Product& p, judge::Output& o, bool with_a, bool with_b) {
  std::vector<double> da = p.da, db = p.db;
  a.matmul_backward(p.a, p.b, p.dc, p.batch, p.n, p.k, p.m, da, db);
  if (with_a) o("da", int64_t(p.batch * p.n), int64_t(p.k), da);
  if (with_b) o("db", int64_t(p.b.size() / p.m), int64_t(p.m), db);
}
void note_both(const Answer& a, const Product& p, judge::Output& o) { note(a, p, o, true, true); }

// What da and db are the slopes of: dc's sum over c = a b, and what others have sent by their sums over a and b.
double weighted(const std::vector<double>& by, const std::vector<double>& v) {
  double sum = 0;
  for (size_t i = 0; i < v.size(); i++) sum += by[i] * v[i];
  return sum;
}
double loss_of_product(const Product& p) {
  double sum = weighted(p.da, p.a) + weighted(p.db, p.b);
  for (size_t s = 0; s < p.batch; s++)
    for (size_t i = 0; i < p.n; i++)
      for (size_t j = 0; j < p.m; j++) {
        double c = 0;
        for (size_t q = 0; q < p.k; q++) c += p.a[(s * p.n + i) * p.k + q] * p.b[((p.shared ? 0 : s) * p.k + q) * p.m + j];
        sum += p.dc[(s * p.n + i) * p.m + j] * c;
      }
  return sum;
}
void by_a(Product& p, judge::Numbers& at) { at("a", p.a); }
void by_b(Product& p, judge::Numbers& at) { at("b", p.b); }
const char* const of_product = "the sum of dc * c";
const char* const of_filled_product = "the sum of dc * c, da * a and db * b";

struct Spread {
  std::vector<size_t> from, to;
  std::vector<double> dy, dx, x = {};
};
size_t elements(const std::vector<size_t>& shape) {
  size_t n = 1;
  for (const size_t s : shape) n *= s;
  return n;
}
Spread spread(std::vector<size_t> from, std::vector<size_t> to) {
  Spread s{std::move(from), std::move(to), {}, {}, {}};
  for (size_t i = 0; i < elements(s.to); i++) s.dy.push_back(double(i * i + 1));
  s.dx.assign(elements(s.from), 0.0);
  return s;
}
std::string shape_text(const std::vector<size_t>& s) { return judge::text(std::vector<int64_t>(s.begin(), s.end())); }
std::string shown_spread(const Spread& s) {
  std::string text = "from = " + shape_text(s.from) + ", to = " + shape_text(s.to) + ", dy = " + judge::text(s.dy);
  for (const double v : s.dx)
    if (v != 0) return text + ", dx before = " + judge::text(s.dx);
  return text;
}
void note_spread(const Answer& a, const Spread& s, judge::Output& o) {
  std::vector<double> dx = s.dx;
  a.broadcast_backward(s.dy, s.from, s.to, dx);
  o("dx", dx);
}
// The sum of dy times x broadcast; y is walked through by its index on each axis.
double loss_of_spread(const Spread& s) {
  double sum = weighted(s.dx, s.x);
  std::vector<size_t> at(s.to.size(), 0);
  for (const double dy : s.dy) {
    size_t place = 0;
    for (size_t axis = 0; axis < s.from.size(); axis++)
      place = place * s.from[axis] + (s.from[axis] == 1 ? 0 : at[axis + s.to.size() - s.from.size()]);
    sum += dy * s.x[place];
    for (size_t axis = s.to.size(); axis-- > 0 && ++at[axis] == s.to[axis];) at[axis] = 0;
  }
  return sum;
}
void by_x(Spread& s, judge::Numbers& at) {
  s.x.assign(s.dx.size(), 1);  // any: the loss is linear
  at("x", s.x);
}
const char* const of_spread = "the sum of dy * y";
const char* const of_filled_spread = "the sum of dy * y and dx * x";

// Up to four axes; some of them are repeated by a 1, and some in front are missing.
Spread any_spread(judge::Draw& d, bool ones, bool missing) {
  Spread s;
  const int64_t axes = d.integer(1, 2 + d.size / 6);
  for (int64_t i = 0; i < axes; i++) s.to.push_back(size_t(d.integer(1, 3)));
  const int64_t gone = missing ? d.integer(0, axes) : 0;
  for (int64_t i = gone; i < axes; i++) s.from.push_back(ones && d.chance(0.5) ? 1 : s.to[size_t(i)]);
  s.dy = d.numbers(int64_t(elements(s.to)));
  s.dx.assign(elements(s.from), 0.0);
  return s;
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  const auto one = [](judge::Draw& d) { return some(d, 1, side(d), side(d), side(d), true); };
  c.property<Product>("da of one product")
      .also({counted(1, 1, 1, 1, true), counted(1, 1, 2, 3, true), counted(1, 2, 3, 4, true), counted(1, 3, 1, 2, true)})
      .draw(one)
      .show(shown)
      .run([](const Answer& a, const Product& p, judge::Output& o) { note(a, p, o, true, false); })
      .slope_of("da", of_product, loss_of_product, by_a)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Product>("db of one product")
      .also({counted(1, 1, 1, 1, true), counted(1, 2, 1, 3, true), counted(1, 2, 3, 4, true), counted(1, 3, 2, 1, true)})
      .draw(one)
      .show(shown)
      .run([](const Answer& a, const Product& p, judge::Output& o) { note(a, p, o, false, true); })
      .slope_of("db", of_product, loss_of_product, by_b)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Product>("a batch, with a matrix b for each")
      .also({counted(2, 1, 2, 1, false), counted(2, 2, 3, 4, false), counted(3, 1, 2, 3, false)})
      .draw([](judge::Draw& d) { return some(d, size_t(d.integer(2, 3)), side(d), side(d), side(d), false); })
      .show(shown)
      .run(note_both)
      .slope_of("da", of_product, loss_of_product, by_a)
      .slope_of("db", of_product, loss_of_product, by_b)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Product>("a batch, with one matrix b for all")
      .also({counted(2, 1, 2, 1, true), counted(2, 2, 3, 4, true), counted(3, 1, 2, 3, true)})
      .draw([](judge::Draw& d) { return some(d, size_t(d.integer(2, 3)), side(d), side(d), side(d), true); })
      .show(shown)
      .run(note_both)
      .slope_of("da", of_product, loss_of_product, by_a)
      .slope_of("db", of_product, loss_of_product, by_b)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Product>("added to what others have sent")
      .draw([](judge::Draw& d) { return some(d, size_t(d.integer(1, 2)), side(d), side(d), side(d), d.chance(0.5), true); })
      .show(shown_filled)
      .run(note_both)
      .slope_of("da", of_filled_product, loss_of_product, by_a)
      .slope_of("db", of_filled_product, loss_of_product, by_b)
      .tolerance(1e-11, 1e-11)
      .read("What goes wrong in practice");
  c.property<Spread>("a broadcast that adds axes in front")
      .also({spread({1}, {1}), spread({2}, {2}), spread({2}, {3, 2}), spread({3, 2}, {2, 3, 2}), spread({}, {3}), spread({}, {2, 2}),
             spread({2}, {2, 2})})
      .draw([](judge::Draw& d) { return any_spread(d, false, true); })
      .show(shown_spread)
      .run(note_spread)
      .slope_of("dx", of_spread, loss_of_spread, by_x)
      .tolerance(1e-11, 1e-11)
      .read("By hand");
  c.property<Spread>("a broadcast of axes with one element")
      .also({spread({2, 1}, {2, 3}), spread({1, 2}, {3, 2}), spread({2, 1, 2}, {2, 3, 2}), spread({1, 1}, {2, 2})})
      .draw([](judge::Draw& d) { return any_spread(d, true, false); })
      .show(shown_spread)
      .run(note_spread)
      .slope_of("dx", of_spread, loss_of_spread, by_x)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Spread>("any broadcast")
      .also({spread({2, 1}, {3, 2, 2}), spread({1, 2, 1}, {2, 3, 2, 2})})
      .draw([](judge::Draw& d) { return any_spread(d, true, true); })
      .show(shown_spread)
      .run(note_spread)
      .slope_of("dx", of_spread, loss_of_spread, by_x)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Spread>("a broadcast, added to what others have sent")
      .draw([](judge::Draw& d) {
        Spread s = any_spread(d, true, true);
        s.dx = d.numbers(int64_t(s.dx.size()));
        return s;
      })
      .show(shown_spread)
      .run(note_spread)
      .slope_of("dx", of_filled_spread, loss_of_spread, by_x)
      .tolerance(1e-11, 1e-11)
      .read("What goes wrong in practice");
}
