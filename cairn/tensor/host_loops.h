// Plain loops over strided arrays, for what tensor/ does itself: constants, masks, and copies before a backend is installed.
#pragma once

#include <cmath>
#include <limits>

#include <cairn/tensor/array.h>

namespace cairn::detail {

// Calls f(offset in a, offset in b) for every index of `shape`, row-major.
template <class F> void each_offset(const Shape& shape, const Strides& a, const Strides& b, F&& f) {
  if (shape.numel() == 0) return;
  Shape index = Shape::filled(shape.rank(), 0);
  int64_t at = 0, bt = 0;
  for (;;) {
    f(at, bt);
    int axis = shape.rank() - 1;
    for (; axis >= 0; axis--) {
      at += a[axis];
      bt += b[axis];
      if (++index[axis] < shape[axis]) break;
      at -= a[axis] * shape[axis];
      bt -= b[axis] * shape[axis];
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

// One element as another type. Floating to integer cuts toward zero; what lies outside becomes the nearer end and NaN 0 (C++ leaves
// both undefined). Between integers it wraps; to bool: is it not 0.
template <class To, class From> To convert(From v) {
  if constexpr (std::is_same_v<To, From>) return v;
  else if constexpr (std::is_same_v<To, bool>) return Wide<From>(v) != 0;
  else if constexpr (std::is_integral_v<To> && !std::is_integral_v<From>) {
    const double d = double(v);
    if (std::isnan(d)) return To{0};
    if (d <= double(std::numeric_limits<To>::min())) return std::numeric_limits<To>::min();
    if (d >= double(std::numeric_limits<To>::max())) return std::numeric_limits<To>::max();
    return To(d);
  } else return static_cast<To>(static_cast<Wide<To>>(v));
}

}  // namespace cairn::detail
