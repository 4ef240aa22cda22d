// Reductions over any axes: every output has an accumulator, and x is read once, in the order it lies in memory.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

// Where the accumulators of y's elements lie for the elements of x: row-major, 0 along the axes that are reduced.
Strides accumulator_strides(const Array& y, uint32_t axes) {
  Strides strides = contiguous_strides(y.shape());
  for (int i = 0; i < y.rank(); i++)
    if (axes >> i & 1) strides[i] = 0;
  return strides;
}

int64_t reduced_count(const Array& x, uint32_t axes) {
  int64_t n = 1;
  for (int i = 0; i < x.rank(); i++)
    if (axes >> i & 1) n *= x.size(i);
  return n;
}

// add(accumulator, element) for all elements; add(accumulator, element, j) when it wants to know the number j of the output, too.
template <class T, class S, class F> void accumulate(const Array& x, const Array& y, uint32_t axes, std::vector<S>& accumulators, F add) {
  const Strides to = accumulator_strides(y, axes);
  for (Walk w(x.shape(), {x.strides(), to}); w.next();) {
    const T* xs = x.ptr<T>() + w.at[0];
    const int64_t n = w.n, dx = w.step[0], ds = w.step[1];
    S* s = accumulators.data() + w.at[1];
    for (int64_t i = 0; i < n; i++) {
      if constexpr (std::is_invocable_v<F, S&, Wide<T>, int64_t>) add(s[i * ds], static_cast<Wide<T>>(xs[i * dx]), w.at[1] + i * ds);
      else add(s[i * ds], static_cast<Wide<T>>(xs[i * dx]));
    }
  }
}

// y_j = f(j), row-major.
template <class Y, class F> void write(Array& y, F f) {
  const int64_t n = y.numel();
  for (int64_t j = 0; j < n; j++) y.ptr<Y>()[j] = convert<Y>(f(j));
}
template <class F> void write_floating(Array& y, F f) {
  visit_floating(y.dtype(), [&](auto tag) { write<decltype(tag)>(y, f); });
}

template <class T, class F> std::vector<SumOf<T>> sums(const Array& x, const Array& y, uint32_t axes, F term) {
  std::vector<SumOf<T>> s(y.numel());
  accumulate<T>(x, y, axes, s, [=](SumOf<T>& sum, Wide<T> v) { sum.add(term(double(v))); });
  return s;
}

template <class T> std::vector<Wide<T>> extremes(bool largest, const Array& x, const Array& y, uint32_t axes) {
  using W = Wide<T>;
  using Limits = std::numeric_limits<W>;
  const W low = Limits::has_infinity ? -Limits::infinity() : Limits::lowest(), high = Limits::has_infinity ? Limits::infinity() : Limits::max();
  std::vector<W> s(y.numel(), largest ? low : high);
  if (largest)
    accumulate<T>(x, y, axes, s, [](W& m, W v) {
      if (v > m || is_nan(v)) m = v;
    });
  else
    accumulate<T>(x, y, axes, s, [](W& m, W v) {
      if (v < m || is_nan(v)) m = v;
    });
  return s;
}

template <class T> void reduce_floating(Reduce f, const Array& x, uint32_t axes, Array& y) {
  using W = Wide<T>;
  const double n = double(reduced_count(x, axes));
  switch (f) {
    case Reduce::sum:
    case Reduce::mean: {
      const auto s = sums<T>(x, y, axes, [](double v) { return v; });
      return write_floating(y, [&](int64_t j) { return f == Reduce::sum ? s[j].value() : s[j].value() / n; });
    }
    case Reduce::sum_abs: {
      const auto s = sums<T>(x, y, axes, [](double v) { return std::abs(v); });
      return write_floating(y, [&](int64_t j) { return s[j].value(); });
    }
    case Reduce::sum_square: {
      const auto s = sums<T>(x, y, axes, [](double v) { return v * v; });
      return write_floating(y, [&](int64_t j) { return s[j].value(); });
    }
    case Reduce::prod: {
      std::vector<double> s(y.numel(), 1);
      accumulate<T>(x, y, axes, s, [](double& p, W v) { p *= v; });
      return write_floating(y, [&](int64_t j) { return s[j]; });
    }
    case Reduce::logsumexp: {
      // log sum exp(x - m) + m with m = max x, so that exp cannot overflow; m = 0 where it is infinite.
      std::vector<W> m = extremes<T>(true, x, y, axes);
      for (W& v : m)
        if (std::isinf(v)) v = 0;
      std::vector<SumOf<T>> s(y.numel());
      accumulate<T>(x, y, axes, s, [&](SumOf<T>& sum, W v, int64_t j) { sum.add(std::exp(double(v) - double(m[j]))); });
      return write_floating(y, [&](int64_t j) { return std::log(s[j].value()) + m[j]; });
    }
    default: break;
  }
}

// Sums and products of integers, modulo 2^64.
template <class T> void reduce_integer(Reduce f, const Array& x, uint32_t axes, Array& y) {
  std::vector<int64_t> s(y.numel(), f == Reduce::prod ? 1 : 0);
  if (f == Reduce::sum) accumulate<T>(x, y, axes, s, [](int64_t& a, T v) { a = wrap_add<int64_t>(a, v); });
  else if (f == Reduce::prod) accumulate<T>(x, y, axes, s, [](int64_t& a, T v) { a = wrap_mul<int64_t>(a, v); });
  else unsupported("reduce", "this reduction", x.dtype());
  write<int64_t>(y, [&](int64_t j) { return s[j]; });
}

template <class T> void reduce_of(Reduce f, const Array& x, uint32_t axes, Array& y) {
  using W = Wide<T>;
  if (f == Reduce::any || f == Reduce::all) {
    std::vector<char> s(y.numel(), f == Reduce::all);
    if (f == Reduce::all) accumulate<T>(x, y, axes, s, [](char& a, W v) { a &= v != 0; });
    else accumulate<T>(x, y, axes, s, [](char& a, W v) { a |= v != 0; });
    write<bool>(y, [&](int64_t j) { return s[j] != 0; });
  } else if (f == Reduce::max || f == Reduce::min) {
    if constexpr (std::is_same_v<T, bool>) {  // the largest of bools is any, the smallest all
      reduce_of<T>(f == Reduce::max ? Reduce::any : Reduce::all, x, axes, y);
    } else {
      const auto s = extremes<T>(f == Reduce::max, x, y, axes);
      write<T>(y, [&](int64_t j) { return s[j]; });
    }
  } else if constexpr (std::integral<T>) {
    reduce_integer<T>(f, x, axes, y);
  } else {
    reduce_floating<T>(f, x, axes, y);
  }
}

}  // namespace

void ReferenceBackend::reduce(Reduce f, const Array& x, uint32_t axes, Array& y) {
  visit(x.dtype(), [&](auto tag) { reduce_of<decltype(tag)>(f, x, axes, y); });
}

// Two passes: the mean, then the squares of the differences from it. No divisor below 0: too few values give 0 / 0 or x / 0.
void ReferenceBackend::mean_var(const Array& x, uint32_t axes, double correction, Array& mean, Array& var) {
  if (!is_floating(x.dtype())) unsupported("mean_var", "a mean", x.dtype());
  const double n = double(reduced_count(x, axes));
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const auto total = sums<T>(x, mean, axes, [](double v) { return v; });
    std::vector<double> m(total.size());
    for (size_t j = 0; j < m.size(); j++) m[j] = total[j].value() / n;
    std::vector<SumOf<T>> s(m.size());
    accumulate<T>(x, mean, axes, s, [&](SumOf<T>& sum, Wide<T> v, int64_t j) { sum.add((v - m[j]) * (v - m[j])); });
    write_floating(mean, [&](int64_t j) { return m[j]; });
    write_floating(var, [&](int64_t j) { return s[j].value() / std::max(0.0, n - correction); });
  });
}

double ReferenceBackend::sum_square(std::span<const Array> xs) {
  CompensatedSum sum;
  for (const Array& x : xs) {
    if (!is_floating(x.dtype())) unsupported("sum_square", "a norm", x.dtype());
    visit_floating(x.dtype(), [&](auto tag) {
      using T = decltype(tag);
      for (Walk w(x.shape(), {x.strides()}); w.next();)
        for (int64_t i = 0; i < w.n; i++) {
          const double v = x.ptr<T>()[w.at[0] + i * w.step[0]];
          sum.add(v * v);
        }
    });
  }
  return sum.value();
}

bool ReferenceBackend::all_finite(const Array& x) {
  if (!is_floating(x.dtype())) return true;
  return visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (Walk w(x.shape(), {x.strides()}); w.next();)
      for (int64_t i = 0; i < w.n; i++)
        if (!std::isfinite(static_cast<Wide<T>>(x.ptr<T>()[w.at[0] + i * w.step[0]]))) return false;
    return true;
  });
}

}  // namespace cairn
