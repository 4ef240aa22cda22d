// Functions of two numbers of one type.
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

// a^b by squaring. A negative power of an integer is cut toward zero: 0, or +-1 for the bases 1 and -1.
template <class T> T integer_power(T base, T exponent) {
  if (exponent < 0) return base == 1 ? T(1) : base == T(-1) ? (exponent % 2 ? T(-1) : T(1)) : T(0);
  T y = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2) y = wrap_mul(y, base);
    base = wrap_mul(base, base);
  }
  return y;
}

// Rounds toward zero; the smallest number / -1 wraps around to itself. By 0: 0, and the place is reported.
template <class T> Status integer_division(const Array& a, const Array& b, Array& y) {
  map2<T, T, T>(a, b, y, [](T p, T q) { return q == 0 ? T(0) : std::is_signed_v<T> && q == T(-1) ? wrap_sub(T(0), p) : T(p / q); });
  for (Walk w(y.shape(), {b.strides()}); w.next();)
    for (int64_t i = 0; i < w.n; i++)
      if (b.ptr<T>()[w.at[0] + i * w.step[0]] == 0) return {w.position + i, 0};
  return {};
}

template <class T> Status binary_of(Binary f, const Array& a, const Array& b, Array& y) {
  using W = Wide<T>;
  constexpr bool is_bool = std::is_same_v<T, bool>;
  const auto each = [&](auto g) {
    map2<T, T, T>(a, b, y, g);
    return Status{};
  };
  const auto test = [&](auto g) {
    map2<T, T, bool>(a, b, y, g);
    return Status{};
  };
  switch (f) {
    case Binary::maximum: return each([](W p, W q) { return p > q || is_nan(p) ? p : q; });
    case Binary::minimum: return each([](W p, W q) { return p < q || is_nan(p) ? p : q; });
    case Binary::logical_and: return test([](W p, W q) { return p != 0 && q != 0; });
    case Binary::logical_or: return test([](W p, W q) { return p != 0 || q != 0; });
    case Binary::logical_xor: return test([](W p, W q) { return (p != 0) != (q != 0); });
    case Binary::eq: return test([](W p, W q) { return p == q; });
    case Binary::ne: return test([](W p, W q) { return p != q; });
    case Binary::lt: return test([](W p, W q) { return p < q; });
    case Binary::le: return test([](W p, W q) { return p <= q; });
    case Binary::gt: return binary_of<T>(Binary::lt, b, a, y);
    case Binary::ge: return binary_of<T>(Binary::le, b, a, y);
    default: break;
  }
  if constexpr (is_bool) {
    switch (f) {
      case Binary::add: return binary_of<T>(Binary::logical_or, a, b, y);
      case Binary::mul: return binary_of<T>(Binary::logical_and, a, b, y);
      default: unsupported("binary", "this arithmetic", boolean);
    }
  } else {
    switch (f) {
      case Binary::add: return each([](W p, W q) { return wrap_add(p, q); });
      case Binary::sub: return each([](W p, W q) { return wrap_sub(p, q); });
      case Binary::mul: return each([](W p, W q) { return wrap_mul(p, q); });
      case Binary::div:
        if constexpr (std::integral<T>) return integer_division<T>(a, b, y);
        else return each([](W p, W q) { return p / q; });
      default: break;
    }
    if constexpr (std::integral<T>) return each([](W p, W q) { return integer_power(p, q); });
    else return each([](W p, W q) { return std::pow(p, q); });
  }
}

}  // namespace

Status ReferenceBackend::binary(Binary f, const Array& a, const Array& b, Array& y) {
  return visit(a.dtype(), [&](auto tag) { return binary_of<decltype(tag)>(f, a, b, y); });
}

}  // namespace cairn
