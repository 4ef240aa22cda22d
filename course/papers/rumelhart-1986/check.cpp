// The error signals of a hidden layer, for matrices that are not square.
#include <course/machinery/judge/judge.h>

#include <cmath>

namespace {

struct Layer {
  std::vector<std::vector<double>> W;
  std::vector<double> delta, a, z = {};
};

std::string shown(const Layer& l) {
  std::vector<double> flat;
  for (const auto& row : l.W) flat.insert(flat.end(), row.begin(), row.end());
  return "W = " + judge::matrix_text(int64_t(l.W.size()), int64_t(l.a.size()), flat) + ", delta_above = " + judge::text(l.delta) +
         ", a = " + judge::text(l.a);
}

Layer drawn(judge::Draw& d, int64_t m, int64_t n) {
  Layer l;
  for (int64_t k = 0; k < m; k++) l.W.push_back(d.numbers(n));
  l.delta = d.numbers(m);
  for (int64_t j = 0; j < n; j++) l.a.push_back(d.size <= 6 ? double(d.integer(1, 9)) / 10 : d.number(0.01, 0.99));
  return l;
}

// delta_above holds the slopes of L by the sums of the layer above, so that L, as far as they go, is delta_above times these sums.
double loss(const Layer& l) {
  double sum = 0;
  for (size_t k = 0; k < l.W.size(); k++)
    for (size_t j = 0; j < l.z.size(); j++) sum += l.delta[k] * l.W[k][j] / (1 + std::exp(-l.z[j]));
  return sum;
}
void sums(Layer& l, judge::Numbers& at) {
  for (const double a : l.a) l.z.push_back(std::log(a / (1 - a)));
  at("z", l.z);
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  const auto run = [](const Answer& a, const Layer& l, judge::Output& o) { o("hidden_delta", a.hidden_delta(l.W, l.delta, l.a)); };
  c.property<Layer>("one unit above one hidden unit")
      .also({{{{2}}, {1}, {0.5}}, {{{-1}}, {3}, {0.9}}, {{{4}}, {0}, {0.2}}})
      .draw([](judge::Draw& d) { return drawn(d, 1, 1); })
      .show(shown)
      .run(run)
      .slope_of("hidden_delta", "L", loss, sums)
      .times(20)
      .read("The equation");
  c.property<Layer>("layers of several units")
      .also({{{{1, 2, 3}, {4, 5, 6}}, {1, -1}, {0.5, 0.1, 0.9}}, {{{1, 2}}, {1}, {1, 0}}})
      .draw([](judge::Draw& d) { return drawn(d, d.integer(1, 2 + d.size / 3), d.integer(1, 2 + d.size / 3)); })
      .show(shown)
      .run(run)
      .slope_of("hidden_delta", "L", loss, sums)
      .read("The equation");
}
