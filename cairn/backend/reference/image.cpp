// Images made larger, padded by what they show, and taken apart into windows (the formulas stand in backend.h and windows.h). Weighted
// sums are computed in double.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>
#include <cairn/backend/windows.h>

namespace cairn {

using namespace reference;

namespace {

std::vector<ResampleTap> taps_of(const Resampling& r, int axis, int64_t n, int64_t length) {
  std::vector<ResampleTap> taps;
  for (int64_t i = 0; i < length; i++) taps.push_back(resample_tap(r, axis, i, n));
  return taps;
}

// f(at): where the planes of arrays [.., H, W] begin.
template <class F> void for_each_plane(const Array& a, const Array& b, F f) {
  Shape planes = a.shape();
  planes[a.rank() - 1] = planes[a.rank() - 2] = 1;
  for_each_index(planes, {a.strides(), b.strides()}, f);
}

// Calls f(of_x, of_y): offsets of each element of the image x [N, C, H, W] within a window, and of its place in the columns y.
template <class F> void for_each_in_columns(const Array& x, const Windows& w, const Array& y, F f) {
  const Strides &sx = x.strides(), &sy = y.strides();
  const int64_t across = (x.size(3) + 2 * w.padding.w - w.dilation.w * (w.kernel.w - 1) - 1) / w.stride.w + 1;
  for (int64_t n = 0; n < y.size(0); n++)
    for (int64_t row = 0; row < y.size(1); row++) {
      const int64_t l = row % w.kernel.w, k = row / w.kernel.w % w.kernel.h, c = row / (w.kernel.w * w.kernel.h);
      for (int64_t at = 0; at < y.size(2); at++) {
        const int64_t i = at / across * w.stride.h - w.padding.h + k * w.dilation.h, j = at % across * w.stride.w - w.padding.w + l * w.dilation.w;
        const bool inside = i >= 0 && i < x.size(2) && j >= 0 && j < x.size(3);
        f(inside, inside ? n * sx[0] + c * sx[1] + i * sx[2] + j * sx[3] : 0, n * sy[0] + row * sy[1] + at * sy[2]);
      }
    }
}

}  // namespace

void ReferenceBackend::resample(const Array& x, const Resampling& r, Array& y) {
  const int h = x.rank() - 2, w = x.rank() - 1;
  const std::vector<ResampleTap> rows = taps_of(r, 0, x.size(h), y.size(h)), columns = taps_of(r, 1, x.size(w), y.size(w));
  const int64_t row = x.strides()[h], column = x.strides()[w], y_row = y.strides()[h], y_column = y.strides()[w];
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for_each_plane(x, y, [&](const int64_t* at) {
      const T* from = x.ptr<T>() + at[0];
      T* to = y.ptr<T>() + at[1];
      for (size_t i = 0; i < rows.size(); i++)
        for (size_t j = 0; j < columns.size(); j++) {
          const ResampleTap &a = rows[i], &b = columns[j];
          T& value = to[int64_t(i) * y_row + int64_t(j) * y_column];
          if (r.rule != Resampling::bilinear) {
            value = from[a.first * row + b.first * column];
            continue;
          }
          const auto x_at = [&](int64_t p, int64_t q) { return double(Wide<T>(from[p * row + q * column])); };
          const auto across = [&](int64_t p) { return (1 - b.weight) * x_at(p, b.first) + b.weight * x_at(p, b.second); };
          value = convert<T>((1 - a.weight) * across(a.first) + a.weight * across(a.second));
        }
    });
  });
}

void ReferenceBackend::resample_grad(const Array& dy, const Resampling& r, Array& dx) {
  const int h = dx.rank() - 2, w = dx.rank() - 1;
  const std::vector<ResampleTap> rows = taps_of(r, 0, dx.size(h), dy.size(h)), columns = taps_of(r, 1, dx.size(w), dy.size(w));
  const int64_t row = dx.strides()[h], column = dx.strides()[w], dy_row = dy.strides()[h], dy_column = dy.strides()[w], width = dx.size(w);
  std::vector<double> sums(size_t(dx.size(h) * width));
  visit_floating(dy.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for_each_plane(dx, dy, [&](const int64_t* at) {
      std::fill(sums.begin(), sums.end(), 0.0);
      for (size_t i = 0; i < rows.size(); i++)
        for (size_t j = 0; j < columns.size(); j++) {
          const ResampleTap &a = rows[i], &b = columns[j];
          const double g = Wide<T>(dy.ptr<T>()[at[1] + int64_t(i) * dy_row + int64_t(j) * dy_column]);
          sums[size_t(a.first * width + b.first)] += (1 - a.weight) * (1 - b.weight) * g;
          if (r.rule != Resampling::bilinear) continue;
          sums[size_t(a.first * width + b.second)] += (1 - a.weight) * b.weight * g;
          sums[size_t(a.second * width + b.first)] += a.weight * (1 - b.weight) * g;
          sums[size_t(a.second * width + b.second)] += a.weight * b.weight * g;
        }
      for (int64_t i = 0; i < dx.size(h); i++)
        for (int64_t j = 0; j < width; j++) dx.ptr<T>()[at[0] + i * row + j * column] = convert<T>(sums[size_t(i * width + j)]);
    });
  });
}

void ReferenceBackend::unfold(const Array& x, const Windows& w, Array& y) {
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for_each_in_columns(x, w, y, [&](bool inside, int64_t from, int64_t to) { y.ptr<T>()[to] = inside ? x.ptr<T>()[from] : T(0); });
  });
}

void ReferenceBackend::fold(const Array& y, const Windows& w, Array& x) {
  if (x.dtype() != f64) {  // many sums, one rounding
    Array wide(x.shape(), f64), wide_y(y.shape(), f64);
    ReferenceBackend::copy(y, wide_y);
    ReferenceBackend::fold(wide_y, w, wide);
    return ReferenceBackend::copy(wide, x);
  }
  ReferenceBackend::fill(x, 0);
  for_each_in_columns(x, w, y, [&](bool inside, int64_t to, int64_t from) {
    if (inside) x.ptr<double>()[to] += y.ptr<double>()[from];
  });
}

}  // namespace cairn
