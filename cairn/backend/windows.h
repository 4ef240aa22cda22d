// Which places of an image a window covers, and where a resampled place comes from: the arithmetic that backends share.
#pragma once

#include <algorithm>
#include <cmath>

#include <cairn/backend/backend.h>

namespace cairn {

// The places of window i that an axis of n places has: `count` of them from `place` on, w.dilation apart. The first is number k of the
// window. m: how many windows there are (adaptive only).
struct WindowSpan {
  int64_t k, place, count;
};
inline WindowSpan window_span(const Windows& w, int axis, int64_t i, int64_t n, int64_t m) {
  if (w.adaptive) {
    const int64_t start = i * n / m, stop = ((i + 1) * n + m - 1) / m;
    return {0, start, stop - start};
  }
  const int64_t dilation = w.dilation[axis], start = i * w.stride[axis] - w.padding[axis];
  const int64_t k = start < 0 ? (-start + dilation - 1) / dilation : 0;
  const int64_t place = start + k * dilation;
  const int64_t before_end = place < n ? (n - place + dilation - 1) / dilation : 0;
  return {k, place, std::clamp<int64_t>(w.kernel[axis] - k, 0, before_end)};
}

// What an average divides by along an axis: the places within the image, or within the padded image (a last window may reach beyond it).
inline int64_t window_length(const Windows& w, int axis, int64_t i, int64_t n, int64_t m, bool count_padding) {
  if (w.adaptive || !count_padding) return window_span(w, axis, i, n, m).count;
  const int64_t start = i * w.stride[axis] - w.padding[axis];
  return std::min(start + w.kernel[axis], n + w.padding[axis]) - start;
}

// Place i of a resampled axis: (1 - weight) x[first] + weight x[second], of n places. weight 0: x[first] alone.
struct ResampleTap {
  int64_t first, second;
  double weight;
};
inline ResampleTap resample_tap(const Resampling& r, int axis, int64_t i, int64_t n) {
  const auto one = [](int64_t place) { return ResampleTap{place, place, 0}; };
  const int64_t p = i - r.before[axis];
  switch (r.rule) {
    case Resampling::nearest: return one(std::min(int64_t(std::floor(float(i) * float(r.step[axis]))), n - 1));
    case Resampling::reflect: return one(p < 0 ? -p : p >= n ? 2 * (n - 1) - p : p);
    case Resampling::replicate: return one(std::clamp<int64_t>(p, 0, n - 1));
    case Resampling::circular: return one(p < 0 ? p + n : p >= n ? p - n : p);
    case Resampling::bilinear: break;
  }
  const double s = std::max(0.0, r.align_corners ? double(i) * r.step[axis] : (double(i) + 0.5) * r.step[axis] - 0.5);
  const int64_t q = std::min(int64_t(s), n - 1);
  return q == n - 1 ? one(q) : ResampleTap{q, q + 1, s - double(q)};
}

}  // namespace cairn
