#include <course/machinery/judge/judge.h>

#include <cmath>

namespace {

struct Flips {
  std::vector<int> flips;
  double p;
};

struct Sample {
  std::vector<double> x;
  double mean, variance;
};

std::vector<int> flipped(judge::Draw& d, int64_t n, double p) {
  std::vector<int> flips;
  for (int64_t i = 0; i < n; i++) flips.push_back(d.chance(p));
  return flips;
}

std::string flips_text(const Flips& f) { return "flips = " + judge::text(f.flips) + ", p = " + judge::text(f.p); }
std::string sample_text(const Sample& s) {
  return "x = " + judge::text(s.x) + ", mean = " + judge::text(s.mean) + ", variance = " + judge::text(s.variance);
}

void note_flips(const Answer& a, const Flips& f, judge::Output& o) { o("bernoulli_log_likelihood", a.bernoulli_log_likelihood(f.flips, f.p)); }
// A coin without two sides: in words, since a probability that is kept away from 0 may be kept away by any small number.
void note_certain(const Answer& a, const Flips& f, judge::Output& o) {
  const double v = a.bernoulli_log_likelihood(f.flips, f.p);
  o("bernoulli_log_likelihood is", std::isnan(v)        ? "not a number"
                                   : std::abs(v) < 1e-2 ? "0"
                                   : v == -INFINITY     ? "-infinity"
                                   : v == INFINITY      ? "infinity"
                                   : v < 0              ? "a finite number below 0"
                                                        : "a finite number above 0");
}
void note_sample(const Answer& a, const Sample& s, judge::Output& o) {
  o("gaussian_log_likelihood", a.gaussian_log_likelihood(s.x, s.mean, s.variance));
}
void note_fit(const Answer& a, const std::vector<double>& x, judge::Output& o) { o("{mean, variance}", a.fit_gaussian(x)); }

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Flips>("a few flips")
      .also({{{1}, 0.5}, {{0}, 0.25}, {{1, 0}, 0.75}, {{}, 0.5}, {{1, 1, 0, 1}, 0.5}})
      .draw([](judge::Draw& d) {
        const double p = double(d.integer(1, 19)) / 20;
        return Flips{flipped(d, d.integer(1, 1 + d.size), 0.5), p};
      })
      .show(flips_text)
      .run(note_flips)
      .tolerance(1e-12, 1e-12)
      .read("The maths");
  c.property<Flips>("a coin that always falls on one side")
      .also({{{1}, 1}, {{0}, 0}, {{1, 1}, 1}, {{1}, 0}, {{0}, 1}, {{0, 0, 0}, 0}, {{1, 0}, 1}, {{}, 0}})
      .draw([](judge::Draw& d) {
        const double p = d.chance(0.5);
        return Flips{flipped(d, d.integer(1, 1 + d.size), d.chance(0.6) ? p : 0.5), p};
      })
      .show(flips_text)
      .run(note_certain)
      .read("The maths");
  c.property<Flips>("thousands of flips")
      .draw([](judge::Draw& d) {
        const double p = d.number(0.2, 0.8);
        return Flips{flipped(d, d.integer(4000, 6000), p), p};
      })
      .show(flips_text)
      .run(note_flips)
      .times(8)
      .tolerance(1e-10, 1e-9)
      .read("What goes wrong in practice");
  c.property<Sample>("a few numbers under a Gaussian")
      .also({{{0}, 0, 1}, {{1}, 1, 4}, {{3}, 1, 1}, {{0, 2}, 1, 0.25}, {{}, 0, 1}})
      .draw([](judge::Draw& d) {
        const int64_t n = d.integer(1, 1 + d.size / 2);
        return Sample{d.numbers(n, -2, 2), double(d.integer(-4, 4)) / 4, double(d.integer(1, 12)) / 4};
      })
      .show(sample_text)
      .run(note_sample)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<Sample>("thousands of numbers")
      .draw([](judge::Draw& d) {
        return Sample{d.numbers(d.integer(3000, 4000), -2, 2), 0.5, 2};
      })
      .show(sample_text)
      .run(note_sample)
      .times(4)
      .tolerance(1e-10, 1e-9)
      .read("What goes wrong in practice");
  c.property<Sample>("numbers far from the mean")
      .also({{{100}, 0, 1}, {{0, 60}, 0, 1}, {{1}, 0, 1e-4}, {{-500, 500}, 0, 25}})
      .draw([](judge::Draw& d) {
        std::vector<double> x = d.numbers(d.integer(1, 4), -2, 2);
        x[0] = d.chance(0.5) ? 90 : -120;
        return Sample{x, d.number(-1, 1), d.number(0.5, 1.5)};
      })
      .show(sample_text)
      .run(note_sample)
      .times(20)
      .tolerance(1e-10, 1e-10)
      .read("What goes wrong in practice");
  c.property<std::vector<double>>("the Gaussian that fits best")
      .also({{1, 3}, {0, 0, 3}, {2, 2}, {-5, -1, 0, 7}})
      .draw([](judge::Draw& d) { return d.numbers(d.integer(2, 2 + d.size)); })
      .show([](const std::vector<double>& x) { return "x = " + judge::text(x); })
      .run(note_fit)
      .tolerance(1e-11, 1e-11)
      .read("The maths");
  c.property<std::vector<double>>("the Gaussian of a single number")
      .also({{0}, {3}, {-2.5}})
      .draw([](judge::Draw& d) { return std::vector<double>{d.number()}; })
      .show([](const std::vector<double>& x) { return "x = " + judge::text(x); })
      .run(note_fit)
      .times(6)
      .read("The maths");
}
