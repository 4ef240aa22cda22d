#include <cairn/io/resample.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include <cairn/base/errors.h>
#include <cairn/io/pixels.h>

namespace cairn {
namespace {

double bilinear(double x) { return std::max(0.0, 1 - std::abs(x)); }

double bicubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

}  // namespace

const char* name_of(Interpolation how) {
  switch (how) {
    case Interpolation::nearest: return "nearest";
    case Interpolation::bilinear: return "bilinear";
    default: return "bicubic";
  }
}

Resampler::Resampler(int64_t width, int64_t height, int64_t to_width, int64_t to_height, Interpolation how) {
  if (width < 1 || height < 1 || to_width < 1 || to_height < 1)
    throw ShapeError("[resize] a picture of " + std::to_string(width) + " x " + std::to_string(height) + " cannot become " +
                     std::to_string(to_width) + " x " + std::to_string(to_height) + ".");
  x_ = axis(width, to_width, how);
  y_ = axis(height, to_height, how);
}

Resampler::Axis Resampler::axis(int64_t from, int64_t to, Interpolation how) {
  Axis a{from, to, 1, {}, {}, {}};
  const double scale = double(from) / double(to), stretch = std::max(1.0, scale);
  const double support = (how == Interpolation::bicubic ? 2 : 1) * stretch;
  if (how != Interpolation::nearest) a.taps = int64_t(std::ceil(support)) * 2 + 1;
  a.first.resize(size_t(to));
  a.count.assign(size_t(to), 1);
  a.weights.assign(size_t(to * a.taps), 0);
  std::vector<double> w(static_cast<size_t>(a.taps));
  double walked = 0.5 * scale;  // Pillow adds up the nearest pixel's place, and where it falls between two that decides
  for (int64_t i = 0; i < to; i++) {
    if (how == Interpolation::nearest) {
      a.first[size_t(i)] = int32_t(std::min(from - 1, int64_t(walked)));
      a.weights[size_t(i)] = 1 << detail::weight_bits;
      walked += scale;
      continue;
    }
    const double centre = (double(i) + 0.5) * scale;
    const int64_t begin = std::max<int64_t>(0, int64_t(centre - support + 0.5)), end = std::min(from, int64_t(centre + support + 0.5));
    double sum = 0;
    for (int64_t k = begin; k < end; k++) {
      const double x = (double(k) - centre + 0.5) / stretch;
      sum += w[size_t(k - begin)] = how == Interpolation::bilinear ? bilinear(x) : bicubic(x);
    }
    a.first[size_t(i)] = int32_t(begin);
    a.count[size_t(i)] = int32_t(end - begin);
    for (int64_t k = 0; k < end - begin; k++)
      a.weights[size_t(i * a.taps + k)] = int32_t(std::lround(w[size_t(k)] / sum * (1 << detail::weight_bits)));
  }
  return a;
}

// Along the columns a new row is a weighted sum of old rows, which suits vectors. Along the rows it is the same of the transposed picture.
void Resampler::run(const uint8_t* from, int64_t stride, uint8_t* to) const {
  const auto fold = [](const Axis& a, const uint8_t* rows, int64_t row_stride, uint8_t* out, int64_t n, int64_t offset) {
    for (int64_t i = 0; i < a.to; i++)
      detail::weighted_rows(rows + (a.first[size_t(i)] - offset) * row_stride, row_stride, &a.weights[size_t(i * a.taps)], a.count[size_t(i)],
                            out + i * n, n);
  };
  // Only the rows that will be needed.
  const int64_t top = y_.first[0], bottom = y_.first.back() + y_.count.back(), rows = bottom - top;
  if (x_.from == x_.to) return fold(y_, from, stride, to, x_.to, 0);
  const auto turned = std::make_unique_for_overwrite<uint8_t[]>(size_t(std::max(x_.from, x_.to) * rows));
  const auto narrow = std::make_unique_for_overwrite<uint8_t[]>(size_t(x_.to * rows));
  detail::transpose_bytes(from + top * stride, stride, x_.from, rows, turned.get());
  fold(x_, turned.get(), rows, narrow.get(), rows, 0);
  if (y_.from == y_.to) return detail::transpose_bytes(narrow.get(), rows, rows, x_.to, to);
  detail::transpose_bytes(narrow.get(), rows, rows, x_.to, turned.get());
  fold(y_, turned.get(), x_.to, to, x_.to, top);
}

}  // namespace cairn
