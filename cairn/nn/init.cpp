// Each function draws straight into the parameter's memory and counts the write.
#include <cairn/nn/init.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include <cairn/backend/backend.h>
#include <cairn/base/errors.h>

namespace cairn::init {
namespace {

// The key of the words that `y` takes: one a number, two for f64 (backend/random_map.h).
RandomKey key_for(const Array& y) {
  const uint64_t words = uint64_t(y.numel()) * (y.dtype() == f64 ? 2 : 1);
  return take_random((words + 3) / 4);
}

void draw(const Parameter& p, Distribution d, double a, double b, const char* name) {
  Array y = p.tensor().array();
  backend().random(d, key_for(y), a, b, y);
  y.storage()->written(name);
}

struct Fans {
  double in, out;
};
Fans fans(const char* name, const Shape& s) {
  if (s.rank() < 2)
    throw ShapeError(
        fmt::format("[init.{}] fan_in and fan_out need at least two axes (parameter {}). Hint: start biases with zeros or uniform.", name, s.str()));
  double rest = 1;
  for (int i = 2; i < s.rank(); i++) rest *= double(s[i]);
  return {double(s[1]) * rest, double(s[0]) * rest};
}

// The quantile function of the standard normal distribution: bisection on erfc's side where it is accurate, then Newton.
double normal_quantile(double u) {
  if (u > 0.5) return -normal_quantile(1 - u);
  double low = -40, high = 0;
  for (int i = 0; i < 12; i++) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::sqrt(2.0)) < u ? low : high) = middle;
  }
  double z = (low + high) / 2;
  for (int i = 0; i < 4; i++) {
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    z -= (0.5 * std::erfc(-z / std::sqrt(2.0)) - u) / density;
  }
  return z;
}

}  // namespace

double gain(const std::string& activation, double slope) {
  if (activation == "linear" || activation == "sigmoid") return 1;
  if (activation == "tanh") return 5.0 / 3;
  if (activation == "relu") return std::sqrt(2.0);
  if (activation == "leaky_relu") return std::sqrt(2 / (1 + slope * slope));
  if (activation == "selu") return 0.75;
  throw ConfigError(fmt::format("[init.gain] no gain is known for '{}'. Hint: linear, sigmoid, tanh, relu, leaky_relu, selu.", activation));
}

void constant(const Parameter& p, double value) {
  Array y = p.tensor().array();
  backend().fill(y, value);
  y.storage()->written("init.constant");
}
void zeros(const Parameter& p) { constant(p, 0); }
void ones(const Parameter& p) { constant(p, 1); }

void uniform(const Parameter& p, double low, double high) {
  if (!(low <= high))
    throw ConfigError(fmt::format("[init.uniform] low must not be above high (low {}, high {}). Hint: uniform(p, low, high).", low, high));
  draw(p, Distribution::uniform, low, high, "init.uniform");
}

void normal(const Parameter& p, double mean, double deviation) {
  if (!(deviation >= 0))
    throw ConfigError(fmt::format("[init.normal] the deviation must not be negative (got {}). Hint: normal(p, mean, deviation).", deviation));
  draw(p, Distribution::normal, mean, deviation, "init.normal");
}

// By inversion: a uniform draw between the two ends' probabilities, through the quantile function. Probabilities near 0 are exact, those
// near 1 are not, so an interval above the mean is drawn as its mirror image.
void trunc_normal(const Parameter& p, double mean, double deviation, double low, double high) {
  if (!(deviation > 0) || !(low < high))
    throw ConfigError(fmt::format(
        "[init.trunc_normal] needs deviation > 0 and low < high (deviation {}, low {}, high {}). Hint: trunc_normal(p, mean, deviation, low, high).",
        deviation, low, high));
  const double sign = low > mean ? -1 : 1;
  const auto probability = [&](double x) { return 0.5 * std::erfc(-sign * (x - mean) / deviation / std::sqrt(2.0)); };
  const double from = probability(low), to = probability(high);
  Array u(p.shape(), f64);
  backend().random(Distribution::uniform, key_for(u), 0, 1, u);
  double* values = u.ptr<double>();
  for (int64_t i = 0; i < u.numel(); i++) {
    // Cut ends far from the mean have no probability left to invert: they clamp.
    const double x = mean + sign * deviation * normal_quantile(std::max(from + (to - from) * values[i], 1e-300));
    values[i] = std::min(std::max(x, low), high);
  }
  Array y = p.tensor().array();
  backend().copy(u, y);
  y.storage()->written("init.trunc_normal");
}

void xavier_uniform(const Parameter& p, double gain) {
  const Fans f = fans("xavier_uniform", p.shape());
  const double bound = gain * std::sqrt(6 / (f.in + f.out));
  uniform(p, -bound, bound);
}

void xavier_normal(const Parameter& p, double gain) {
  const Fans f = fans("xavier_normal", p.shape());
  normal(p, 0, gain * std::sqrt(2 / (f.in + f.out)));
}

void kaiming_uniform(const Parameter& p, double slope, Fan fan) {
  const Fans f = fans("kaiming_uniform", p.shape());
  const double bound = gain("leaky_relu", slope) * std::sqrt(3 / (fan == Fan::in ? f.in : f.out));
  uniform(p, -bound, bound);
}

void kaiming_normal(const Parameter& p, double slope, Fan fan) {
  const Fans f = fans("kaiming_normal", p.shape());
  normal(p, 0, gain("leaky_relu", slope) / std::sqrt(fan == Fan::in ? f.in : f.out));
}

// The Q of a normal matrix is uniformly distributed among the orthonormal ones once R's diagonal is positive, as qr's is.
void orthogonal(const Parameter& p, double gain) {
  const Shape& s = p.shape();
  fans("orthogonal", s);
  const int64_t rows = s[0], columns = s.numel() / std::max<int64_t>(1, rows), longer = std::max(rows, columns), shorter = std::min(rows, columns);
  if (s.numel() == 0) return;
  Array x({longer, shorter}, f64), q({longer, shorter}, f64), r({shorter, shorter}, f64);
  backend().random(Distribution::normal, key_for(x), 0, 1, x);
  reference_backend().qr(x, q, r);  // the same weights, whichever LAPACK there is
  Array parts[] = {q};
  backend().scale(parts, gain);
  Array y = p.tensor().array(), matrix = y.reshaped({rows, columns});
  backend().copy(rows < columns ? q.transposed(0, 1) : q, matrix);
  y.storage()->written("init.orthogonal");
}

}  // namespace cairn::init
