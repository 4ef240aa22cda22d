// Functions of one number and their derivatives (Abramowitz and Stegun 1972 has all of them).
//   sigmoid(x) = 1 / (1 + exp(-x))      Phi(x) = (1 + erf(x / sqrt 2)) / 2, the normal distribution; phi(x) its density
//   gelu(x) = x Phi(x) (Hendrycks and Gimpel 2016);  silu(x) = x sigmoid(x);  softplus(x) = log(1 + exp(a x)) / a
#include <numbers>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

template <class W> constexpr W half_sqrt2 = W(0.5) * std::numbers::sqrt2_v<W>;
template <class W> constexpr W sqrt_2_over_pi = std::numbers::sqrt2_v<W>* std::numbers::inv_sqrtpi_v<W>;
template <class W> constexpr W gelu_cubic = W(0.044715);

template <class W> W sigmoid_of(W x) { return 1 / (1 + std::exp(-x)); }
template <class W> W normal_distribution(W x) { return W(0.5) * (1 + std::erf(x * half_sqrt2<W>)); }
template <class W> W normal_density(W x) { return W(0.5) * sqrt_2_over_pi<W> * std::exp(W(-0.5) * x * x); }
template <class W> W gelu_tanh_of(W x) { return std::tanh(sqrt_2_over_pi<W> * (x + gelu_cubic<W> * x * x * x)); }

// sign(NaN) = 0.
template <class W> W sign_of(W x) { return static_cast<W>((x > 0) - (x < 0)); }
// NaN stays, and when low > high the result is high.
template <class W> W clamp_to(W x, W low, W high) {
  const W y = x < low ? low : x;
  return y > high ? high : y;
}

template <class T> void unary_floating(Unary f, const Array& x, double a_, double b_, Array& y) {
  using W = Wide<T>;
  const W a = static_cast<W>(a_), b = static_cast<W>(b_);
  const auto each = [&](auto g) { map<T, T>(x, y, g); };
  const auto test = [&](auto g) { map<T, bool>(x, y, g); };
  switch (f) {
    case Unary::neg: return each([](W v) { return -v; });
    case Unary::abs: return each([](W v) { return std::abs(v); });
    case Unary::sign: return each([](W v) { return sign_of(v); });
    case Unary::exp: return each([](W v) { return std::exp(v); });
    case Unary::expm1: return each([](W v) { return std::expm1(v); });
    case Unary::log: return each([](W v) { return std::log(v); });
    case Unary::log1p: return each([](W v) { return std::log1p(v); });
    case Unary::sqrt: return each([](W v) { return std::sqrt(v); });
    case Unary::rsqrt: return each([](W v) { return 1 / std::sqrt(v); });
    case Unary::square: return each([](W v) { return v * v; });
    case Unary::reciprocal: return each([](W v) { return 1 / v; });
    case Unary::sin: return each([](W v) { return std::sin(v); });
    case Unary::cos: return each([](W v) { return std::cos(v); });
    case Unary::tanh: return each([](W v) { return std::tanh(v); });
    case Unary::sigmoid: return each([](W v) { return sigmoid_of(v); });
    case Unary::erf: return each([](W v) { return std::erf(v); });
    case Unary::floor: return each([](W v) { return std::floor(v); });
    case Unary::ceil: return each([](W v) { return std::ceil(v); });
    case Unary::round: return each([](W v) { return std::nearbyint(v); });
    case Unary::clamp: return each([=](W v) { return clamp_to(v, a, b); });
    case Unary::relu: return each([](W v) { return v <= 0 ? 0 : v; });
    case Unary::leaky_relu: return each([=](W v) { return v < 0 ? a * v : v; });
    case Unary::elu: return each([=](W v) { return v < 0 ? a * std::expm1(v) : v; });
    case Unary::gelu: return each([](W v) { return v * normal_distribution(v); });
    case Unary::gelu_tanh: return each([](W v) { return W(0.5) * v * (1 + gelu_tanh_of(v)); });
    case Unary::silu: return each([](W v) { return v / (1 + std::exp(-v)); });
    case Unary::softplus: return each([=](W v) { return a * v > b ? v : std::log1p(std::exp(a * v)) / a; });
    case Unary::logical_not: return test([](W v) { return v == 0; });
    case Unary::isfinite: return test([](W v) { return std::isfinite(v); });
    case Unary::isnan: return test([](W v) { return v != v; });
  }
}

// Integers and bool: what stays exact.
template <class T> void unary_integer(Unary f, const Array& x, double a_, double b_, Array& y) {
  constexpr bool number = !std::is_same_v<T, bool>;
  const auto each = [&](auto g) { map<T, T>(x, y, g); };
  const auto test = [&](auto g) { map<T, bool>(x, y, g); };
  switch (f) {
    case Unary::logical_not: return test([](T v) { return v == 0; });
    case Unary::isfinite: return test([](T) { return true; });
    case Unary::isnan: return test([](T) { return false; });
    default: break;
  }
  if constexpr (number) {
    const T a = convert<T>(a_), b = convert<T>(b_);
    switch (f) {
      case Unary::neg: return each([](T v) { return wrap_sub(T(0), v); });
      case Unary::abs: return each([](T v) { return v < 0 ? wrap_sub(T(0), v) : v; });
      case Unary::sign: return each([](T v) { return sign_of(v); });
      case Unary::square: return each([](T v) { return wrap_mul(v, v); });
      case Unary::floor:
      case Unary::ceil:
      case Unary::round: return each([](T v) { return v; });
      case Unary::clamp: return each([=](T v) { return clamp_to(v, a, b); });
      case Unary::relu: return each([](T v) { return v < 0 ? T(0) : v; });
      default: break;
    }
  }
  unsupported("unary", "this function", x.dtype());
}

template <class T> void grad_floating(Unary f, const Array& r, const Array& dy, double a_, double b_, Array& dx) {
  using W = Wide<T>;
  const W a = static_cast<W>(a_), b = static_cast<W>(b_);
  const auto each = [&](auto g) { map2<T, T, T>(r, dy, dx, g); };
  switch (f) {
    // from y
    case Unary::exp: return each([](W y, W d) { return d * y; });
    case Unary::expm1: return each([](W y, W d) { return d * (y + 1); });
    case Unary::sqrt: return each([](W y, W d) { return d / (2 * y); });
    case Unary::rsqrt: return each([](W y, W d) { return W(-0.5) * d * (y * y * y); });
    case Unary::reciprocal: return each([](W y, W d) { return -d * (y * y); });
    case Unary::tanh: return each([](W y, W d) { return d * (1 - y * y); });
    case Unary::sigmoid: return each([](W y, W d) { return d * (1 - y) * y; });
    case Unary::relu: return each([](W y, W d) { return y <= 0 ? 0 : d; });
    // from x
    case Unary::neg: return each([](W, W d) { return -d; });
    case Unary::abs: return each([](W x, W d) { return d * sign_of(x); });
    case Unary::sign:
    case Unary::floor:
    case Unary::ceil:
    case Unary::round: return each([](W, W) { return W(0); });
    case Unary::log: return each([](W x, W d) { return d / x; });
    case Unary::log1p: return each([](W x, W d) { return d / (1 + x); });
    case Unary::square: return each([](W x, W d) { return 2 * x * d; });
    case Unary::sin: return each([](W x, W d) { return d * std::cos(x); });
    case Unary::cos: return each([](W x, W d) { return -d * std::sin(x); });
    case Unary::erf: return each([](W x, W d) { return 2 * std::numbers::inv_sqrtpi_v<W> * std::exp(-x * x) * d; });
    case Unary::clamp: return each([=](W x, W d) { return x >= a && x <= b ? d : 0; });
    case Unary::leaky_relu: return each([=](W x, W d) { return x > 0 ? d : a * d; });
    case Unary::elu: return each([=](W x, W d) { return x <= 0 ? d * a * std::exp(x) : d; });
    case Unary::gelu: return each([](W x, W d) { return d * (normal_distribution(x) + x * normal_density(x)); });
    case Unary::gelu_tanh:
      return each([](W x, W d) {
        const W t = gelu_tanh_of(x), inner = sqrt_2_over_pi<W> * (1 + 3 * gelu_cubic<W> * x * x);
        return d * (W(0.5) * (1 + t) + W(0.5) * x * (1 - t * t) * inner);
      });
    case Unary::silu:
      return each([](W x, W d) {
        const W s = sigmoid_of(x);
        return d * s * (1 + x * (1 - s));
      });
    case Unary::softplus: return each([=](W x, W d) { return a * x > b ? d : d * sigmoid_of(a * x); });
    case Unary::logical_not:
    case Unary::isfinite:
    case Unary::isnan: unsupported("unary_grad", "the gradient of a yes-or-no question", r.dtype());
  }
}

}  // namespace

void ReferenceBackend::unary(Unary f, const Array& x, double a, double b, Array& y) {
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (std::integral<T>) unary_integer<T>(f, x, a, b, y);
    else unary_floating<T>(f, x, a, b, y);
  });
}

void ReferenceBackend::unary_grad(Unary f, const Array& r, const Array& dy, double a, double b, Array& dx) {
  if (!is_floating(r.dtype())) unsupported("unary_grad", "a gradient", r.dtype());
  visit_floating(r.dtype(), [&](auto tag) { grad_floating<decltype(tag)>(f, r, dy, a, b, dx); });
}

}  // namespace cairn
