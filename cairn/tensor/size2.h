// Two numbers that belong to an image, one for its rows and one for its columns: {3, 2} is 3 high and 2 wide, 3 alone is both.
#pragma once

#include <cstdint>

namespace cairn {

template <class T> struct HeightWidth {
  T h{}, w{};
  constexpr HeightWidth() = default;
  constexpr HeightWidth(T both) : h(both), w(both) {}
  constexpr HeightWidth(T h, T w) : h(h), w(w) {}
  constexpr T operator[](int axis) const { return axis == 0 ? h : w; }
  friend constexpr bool operator==(const HeightWidth& a, const HeightWidth& b) { return a.h == b.h && a.w == b.w; }
};
using Size2 = HeightWidth<int64_t>;  // kernel, stride, padding, dilation
using Scale2 = HeightWidth<double>;

}  // namespace cairn
