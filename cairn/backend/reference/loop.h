// Walking strided arrays: the one loop under all reference kernels.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <initializer_list>
#include <limits>
#include <type_traits>

#include <cairn/tensor/array.h>

namespace cairn::reference {

// Visits the elements of up to four arrays of one shape together, in row-major order and a row at a time:
//
//   for (Walk w(y.shape(), {x.strides(), y.strides()}); w.next();)
//     for (int64_t i = 0; i < w.n; i++) use(x[w.at[0] + i * w.step[0]], y[w.at[1] + i * w.step[1]]);
//
// Offsets and steps count elements from an array's first one. Axes of size 1 are dropped and neighbouring axes that lie in memory
// as one are merged, so that contiguous arrays are a single row.
class Walk {
 public:
  static constexpr int max_arrays = 4;
  Walk(const Shape& shape, std::initializer_list<Strides> strides);
  bool next();  // goes to the first, then to each following row; false after the last

  int64_t n = 0;         // elements in this row
  int64_t position = 0;  // row-major position of its first element
  int64_t at[max_arrays] = {}, step[max_arrays] = {};

 private:
  int arrays_ = 0, rank_ = 0;  // rank_: the axes outside of the row
  int64_t sizes_[Shape::max_rank] = {}, index_[Shape::max_rank] = {};
  int64_t strides_[max_arrays][Shape::max_rank] = {};
  bool started_ = false, empty_ = false;
};

// f(at): the offsets of one element in each array.
template <class F> void for_each_index(const Shape& shape, std::initializer_list<Strides> strides, F f) {
  for (Walk w(shape, strides); w.next();) {
    for (int64_t i = 0; i < w.n; i++) {
      int64_t at[Walk::max_arrays];
      for (int k = 0; k < Walk::max_arrays; k++) at[k] = w.at[k] + i * w.step[k];
      f(at);
    }
  }
}

// The shape that has one element for each line along `axis`: walked, it gives where the lines begin.
inline Shape lines_of(Shape shape, int axis) {
  if (shape[axis] > 0) shape[axis] = 1;
  return shape;
}
inline Strides with_stride(Strides strides, int axis, int64_t stride) {
  strides[axis] = stride;
  return strides;
}

// One element as another type. To bool: is it not 0 (NaN is true). From floating to integer: cut toward zero; what lies outside of
// the range becomes its nearer end and NaN 0. Between integers: wraps. To a 16-bit type: by way of float.
template <class To, class From> To convert(From value) {
  const Wide<From> x = value;
  if constexpr (std::is_same_v<To, From>) {
    return value;
  } else if constexpr (std::is_same_v<To, bool>) {
    return x != 0;
  } else if constexpr (std::integral<To> && std::floating_point<Wide<From>>) {
    using Limits = std::numeric_limits<To>;
    if (x != x) return 0;
    if (x <= static_cast<Wide<From>>(Limits::min())) return Limits::min();
    if (x >= static_cast<Wide<From>>(Limits::max())) return Limits::max();
    return static_cast<To>(x);
  } else {
    return static_cast<To>(static_cast<Wide<To>>(x));
  }
}

// y_i = f(x_i) and y_i = f(a_i, b_i): X, A, B, R are the element types; f sees 16-bit ones as float.
template <class X, class R, class F> void map(const Array& x, Array& y, F f) {
  const X* from = x.ptr<X>();
  R* to = y.ptr<R>();
  for (Walk w(y.shape(), {x.strides(), y.strides()}); w.next();) {
    const X* xs = from + w.at[0];
    R* ys = to + w.at[1];
    const int64_t n = w.n, dx = w.step[0], dy = w.step[1];
    for (int64_t i = 0; i < n; i++) ys[i * dy] = static_cast<R>(f(static_cast<Wide<X>>(xs[i * dx])));
  }
}
template <class A, class B, class R, class F> void map2(const Array& a, const Array& b, Array& y, F f) {
  const A* left = a.ptr<A>();
  const B* right = b.ptr<B>();
  R* to = y.ptr<R>();
  for (Walk w(y.shape(), {a.strides(), b.strides(), y.strides()}); w.next();) {
    const A* as = left + w.at[0];
    const B* bs = right + w.at[1];
    R* ys = to + w.at[2];
    const int64_t n = w.n, da = w.step[0], db = w.step[1], dy = w.step[2];
    for (int64_t i = 0; i < n; i++) ys[i * dy] = static_cast<R>(f(static_cast<Wide<A>>(as[i * da]), static_cast<Wide<B>>(bs[i * db])));
  }
}

// Integer arithmetic that wraps around: signed overflow is undefined in C++, unsigned is not. Floating types pass through.
template <class T>
using Wrapping = typename std::conditional_t<std::integral<T> && !std::is_same_v<T, bool>, std::make_unsigned<T>, std::type_identity<T>>::type;
template <class T> T wrap_add(T a, T b) { return static_cast<T>(Wrapping<T>(a) + Wrapping<T>(b)); }
template <class T> T wrap_sub(T a, T b) { return static_cast<T>(Wrapping<T>(a) - Wrapping<T>(b)); }
template <class T> T wrap_mul(T a, T b) { return static_cast<T>(Wrapping<T>(a) * Wrapping<T>(b)); }

template <class T> bool is_nan([[maybe_unused]] T x) {
  if constexpr (std::floating_point<T>) return x != x;
  else return false;
}

// Sums. Short types add up in double: 1e7 additions lose 1e-9 at most. Doubles keep the rounding error of each addition aside
// (Knuth's two-sum, as in Neumaier 1974), which is as good as computing with twice the digits and rounding once.
class PlainSum {
 public:
  void add(double x) { sum_ += x; }
  double value() const { return sum_; }
 private:
  double sum_ = 0;
};
class CompensatedSum {
 public:
  void add(double x) {
    const double sum = sum_ + x, kept = sum - sum_;
    lost_ += (sum_ - (sum - kept)) + (x - kept);
    sum_ = sum;
  }
  double value() const { return std::isfinite(lost_) ? sum_ + lost_ : sum_; }  // infinity - infinity above is no error
 private:
  double sum_ = 0, lost_ = 0;
};
template <class T> using SumOf = std::conditional_t<std::is_same_v<T, double>, CompensatedSum, PlainSum>;

[[noreturn]] void unsupported(const char* kernel, const char* what, DType dtype);

}  // namespace cairn::reference
