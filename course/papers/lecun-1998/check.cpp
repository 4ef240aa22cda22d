// The three gradients of a convolution; pictures and filters that are not square.
#include <course/machinery/judge/judge.h>

namespace {

struct Case {
  int H, W, R, S;
  std::vector<double> x, w, g;
  double b = 0;  // no gradient depends on it
};

Case drawn(judge::Draw& d, int H, int W, int R, int S) {
  return {H, W, R, S, d.numbers(H * W), d.numbers(R * S), d.numbers((H - R + 1) * (W - S + 1))};
}

std::string shown(const Case& k) {
  return "x = " + judge::matrix_text(k.H, k.W, k.x) + ", w = " + judge::matrix_text(k.R, k.S, k.w) +
         ", g = " + judge::matrix_text(k.H - k.R + 1, k.W - k.S + 1, k.g);
}

void run(const Answer& a, const Case& k, judge::Output& o) {
  const auto d = a.backward(k.x, k.H, k.W, k.w, k.R, k.S, k.g);
  o("db", d[2][0]);
  o("dw", k.R, k.S, d[1]);
  o("dx", k.H, k.W, d[0]);
}

// The sum of g times y, whose slopes are the gradients, as g holds those of L.
double loss(const Case& k) {
  double sum = 0;
  size_t place = 0;
  for (int i = 0; i + k.R <= k.H; i++)
    for (int j = 0; j + k.S <= k.W; j++) {
      double y = k.b;
      for (int a = 0; a < k.R; a++)
        for (int c = 0; c < k.S; c++) y += k.w[size_t(a * k.S + c)] * k.x[size_t((i + a) * k.W + j + c)];
      sum += k.g[place++] * y;
    }
  return sum;
}

judge::Property<Answer, Case> property(judge::Check<Answer>& c, const char* name) {
  const char* const of = "the sum of g * y";
  return c.property<Case>(name)
      .show(shown)
      .run(run)
      .slope_of("db", of, loss, [](Case& k, judge::Numbers& at) { at("b", k.b); })
      .slope_of("dw", of, loss, [](Case& k, judge::Numbers& at) { at("w", k.w); })
      .slope_of("dx", of, loss, [](Case& k, judge::Numbers& at) { at("x", k.x); })
      .read("The equation");
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  property(c, "a filter of one weight")
      .also({{1, 1, 1, 1, {2}, {3}, {1}}, {1, 2, 1, 1, {2, 5}, {3}, {1, -1}}, {2, 2, 1, 1, {1, 2, 3, 4}, {2}, {1, 0, 0, 1}}})
      .draw([](judge::Draw& d) { return drawn(d, int(d.integer(1, 1 + d.size / 4)), int(d.integer(1, 1 + d.size / 4)), 1, 1); })
      .times(30);
  property(c, "a picture and a filter of any size")
      .also({{2, 2, 2, 2, {1, 2, 3, 4}, {5, 6, 7, 8}, {1}}, {1, 3, 1, 2, {1, 2, 3}, {4, 5}, {1, 10}}})
      .draw([](judge::Draw& d) {
        const int R = int(d.integer(1, 3)), S = int(d.integer(1, 3)), more = 1 + d.size / 4;
        return drawn(d, R + int(d.integer(0, more)), S + int(d.integer(0, more)), R, S);
      });
}
