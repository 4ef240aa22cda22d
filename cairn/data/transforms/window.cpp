// Compiled once for each instruction set by Highway.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/data/transforms/window.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>
#include <cstring>

#include <cairn/data/transforms/window.h>
#include <cairn/io/pixels.h>

HWY_BEFORE_NAMESPACE();
namespace cairn::transforms::detail {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// y[i] = (x[i] - centre) * scale, or of x[n - 1 - i]. A last vector that is not full is computed again with its neighbours.
template <bool mirrored> HWY_INLINE void convert(const uint8_t* x, float* y, int64_t n, float centre, float scale) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto c = hn::Set(d, centre), s = hn::Set(d, scale);
  const auto some = [&](int64_t i) {
    const uint8_t* from = mirrored ? x + n - lanes - i : x + i;
    auto v = hn::Mul(hn::Sub(hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(d8, from))), c), s);
    if constexpr (mirrored) v = hn::Reverse(d, v);
    hn::StoreU(v, d, y + i);
  };
  if (n < lanes) {
    for (int64_t i = 0; i < n; i++) y[i] = (float(x[mirrored ? n - 1 - i : i]) - centre) * scale;
    return;
  }
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) some(i);
  if (i < n) some(n - lanes);
}

void floats(const uint8_t* source, int64_t row, int64_t height, int64_t width, const Window& w, float centre, float scale, float* to) {
  // Columns [begin, end) of the window lie inside of the source; in the result they begin at `first`.
  const int64_t begin = std::clamp<int64_t>(-w.left, 0, w.width), end = std::clamp<int64_t>(width - w.left, begin, w.width), n = end - begin;
  const int64_t first = w.mirrored ? w.width - end : begin;
  const float outside = (float(w.fill) - centre) * scale;
  for (int64_t i = 0; i < w.height; i++, to += w.width) {
    int64_t y = w.top + (w.upside_down ? w.height - 1 - i : i);
    if (y < 0 || y >= height) {
      if (w.border == Border::constant) {
        std::fill(to, to + w.width, outside);
        continue;
      }
      y = beyond(y, height, w.border);
    }
    const uint8_t* from = source + y * row;
    if (w.mirrored) convert<true>(from + w.left + begin, to + first, n, centre, scale);
    else convert<false>(from + w.left + begin, to + first, n, centre, scale);
    const auto rest = [&](int64_t x) {
      const int64_t at = w.left + (w.mirrored ? w.width - 1 - x : x);
      to[x] = w.border == Border::constant ? outside : (float(from[beyond(at, width, w.border)]) - centre) * scale;
    };
    for (int64_t x = 0; x < first; x++) rest(x);
    for (int64_t x = first + n; x < w.width; x++) rest(x);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::transforms::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::transforms::detail {
HWY_EXPORT(floats);

int64_t beyond(int64_t i, int64_t n, Border border) {
  if (i >= 0 && i < n) return i;
  if (border == Border::edge || n == 1) return std::clamp<int64_t>(i, 0, n - 1);
  // Mirrored again and again, the picture repeats after this many places.
  const int64_t period = border == Border::reflect ? 2 * n - 2 : 2 * n;
  i = (i % period + period) % period;
  return i < n ? i : border == Border::reflect ? period - i : period - 1 - i;
}

void window_bytes(const uint8_t* source, int64_t row, int64_t height, int64_t width, const Window& w, uint8_t* to) {
  const int64_t begin = std::clamp<int64_t>(-w.left, 0, w.width), end = std::clamp<int64_t>(width - w.left, begin, w.width), n = end - begin;
  const int64_t first = w.mirrored ? w.width - end : begin;
  for (int64_t i = 0; i < w.height; i++, to += w.width) {
    int64_t y = w.top + (w.upside_down ? w.height - 1 - i : i);
    if (y < 0 || y >= height) {
      if (w.border == Border::constant) {
        std::memset(to, w.fill, size_t(w.width));
        continue;
      }
      y = beyond(y, height, w.border);
    }
    const uint8_t* from = source + y * row;
    if (w.mirrored) cairn::detail::reverse_bytes(from + w.left + begin, to + first, n);
    else if (n > 0) std::memcpy(to + first, from + w.left + begin, size_t(n));
    const auto rest = [&](int64_t x) {
      const int64_t at = w.left + (w.mirrored ? w.width - 1 - x : x);
      to[x] = w.border == Border::constant ? w.fill : from[beyond(at, width, w.border)];
    };
    for (int64_t x = 0; x < first; x++) rest(x);
    for (int64_t x = first + n; x < w.width; x++) rest(x);
  }
}

void window_floats(const uint8_t* source, int64_t row, int64_t height, int64_t width, const Window& window, float centre, float scale, float* to) {
  HWY_DYNAMIC_DISPATCH(floats)(source, row, height, width, window, centre, scale, to);
}

}  // namespace cairn::transforms::detail
#endif
